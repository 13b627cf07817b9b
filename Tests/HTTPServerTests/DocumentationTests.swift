import EventLoop
import Foundation
import HTTP
import HTTPServer
import TestSupport
import Testing

@Suite("HTTP server: its page", .timeLimit(.minutes(10)))
struct DocumentationTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    private static func page() throws -> String {
        try String(contentsOf: root.appending(path: "docs/http-server.md"), encoding: .utf8)
    }

    @Test("the example is the one that is tested here")
    func exampleIsTested() throws {
        let page = try Self.page()
        let begin = try #require(page.firstRange(of: "```swift\n"))
        let end = try #require(page[begin.upperBound...].firstRange(of: "```"))
        let source = try String(contentsOf: URL(filePath: #filePath), encoding: .utf8)
        #expect(source.contains(page[begin.upperBound..<end.lowerBound]))
    }

    @Test("the example works")
    func example() async throws {
        try await onLoops(2) { group in
            let address = try #require(SocketAddress(host: "127.0.0.1", port: 0))
            let server = try await makeServer(on: group, at: address)
            let running = group.loops[0].spawn { await server.run() }
            let client = try await RawHTTPConnection(to: server.address, on: group.loops[0])
            #expect(try await client.exchange("GET", "/hello/world").text == "Hello, world\n")
            #expect(try await client.exchange("POST", "/length", body: "12345").text == "5\n")
            #expect(try await client.exchange("GET", "/count").text == "data: 1\n\ndata: 2\n\ndata: 3\n\n")
            client.close()
            server.drain()
            try await running.value
        }
    }

    @Test("every rule of the parser stands in a row with its answer")
    func rules() throws {
        let rows = try Self.page().split(separator: "\n").filter { $0.hasPrefix("| ") }
        for error in RequestError.all {
            let row = rows.first { $0.contains("`\(error.rule)`") }
            #expect(row?.contains(" \(error.status.code) |") == true, "\(error.rule) with \(error.status.code)")
        }
    }

    @Test("every limit stands in a row")
    func limits() throws {
        let rows = try Self.page().split(separator: "\n").filter { $0.hasPrefix("| ") }
        let configuration = ServerConfiguration(address: try #require(SocketAddress(host: "127.0.0.1", port: 0)))
        let names = [Mirror(reflecting: configuration), Mirror(reflecting: configuration.limits)]
            .flatMap { $0.children.compactMap(\.label) }
        let others: Set = ["address", "limits", "leadingEmptyLines", "isEssential", "respondToError"]
        #expect(Set(names).isSuperset(of: others))
        for name in names where !others.contains(name) {
            #expect(rows.contains { $0.contains("`\(name)`") }, "\(name)")
        }
    }
}

func makeServer(on group: EventLoopGroup, at address: SocketAddress) async throws -> HTTPServer {
    var router = Router()
    router.get("/hello/{name}") { (request) -> Response in
        Response(.ok, text: "Hello, \(request.parameters["name"] ?? "you")\n")
    }
    router.post("/length") { (request) async -> Response in
        do throws(BodyError) {
            return Response(.ok, text: "\(try await request.body.collect().count)\n")
        } catch {
            guard case .refused(let rule) = error else { return Response(.requestTimeout) }
            return Response(rule.status, text: rule.reason + "\n")
        }
    }
    router.get("/count") { (_) -> Response in
        Response.eventStream { events in
            for number in 1...3 { try await events.send(ServerSentEvent("\(number)")) }
        }
    }
    let pipeline = Pipeline([Compression()], router: router)
    var configuration = ServerConfiguration(address: address)
    configuration.headTimeout = .seconds(5)
    return try await HTTPServer.bind(on: group, configuration) { await pipeline.respond(to: $0) }
}
