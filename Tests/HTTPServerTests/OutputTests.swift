import EventLoop
import HTTP
import TestSupport
import Testing

@testable import HTTPServer

@Suite("HTTP server: what connections send", .timeLimit(.minutes(10)))
struct OutputTests {
    /// A writer to one end of a pair of sockets, as a connection makes it for a streamed response.
    private static func withWriter(
        writeTimeout: Duration = .seconds(30),
        _ body: @escaping @Sendable (ResponseWriter, StreamPair) async throws -> Void
    ) async throws {
        try await onLoop { loop in
            let address = try #require(SocketAddress(host: "127.0.0.1", port: 0))
            var configuration = ServerConfiguration(address: address)
            configuration.writeTimeout = writeTimeout
            let server = try LoopServer(
                on: loop, configuration, ServerBudgets(configuration), handler: { _ in Response(.ok) })
            defer { server.stopListening() }
            let pair = try StreamPair(on: loop)
            defer { pair.close() }
            try await body(ResponseWriter(ConnectionOutput(pair.near, server), chunked: false), pair)
        }
    }

    /// Reads what is there, also what the loop has not heard of yet.
    private static func drain(_ stream: ByteStream) throws -> [UInt8] {
        stream.wakeReader()
        var all: [UInt8] = []
        while case let (outcome, bytes) = try stream.readOnce(), outcome != .wouldBlock { all += bytes }
        return all
    }

    @Test("comments go on after a client that had stopped reading reads again, and none is cut in two")
    func heartbeatsGoOn() async throws {
        try await Self.withWriter { writer, pair in
            let piece = [UInt8](repeating: 0x78, count: 1000)
            // Nobody reads yet, so the last of these does not fit in whole or at all.
            for _ in 0..<10_000 { writer.writeWithoutWaiting(piece) }
            let first = try Self.drain(pair.far)
            #expect(first.count < 10_000_000)
            let events = EventStream(writer, heartbeat: .milliseconds(1))
            events.start()
            defer { events.stop() }
            var later: [UInt8] = []
            let haveCome = try await eventually(on: writer.loop) {
                later += try Self.drain(pair.far)
                return later.suffix(6) == Array(":\n\n:\n\n".utf8)
            }
            #expect(haveCome)
            #expect((first.count + later.prefix { $0 == 0x78 }.count).isMultiple(of: 1000))
        }
    }

    @Test("a client that does not even take comments is cut off")
    func silentClient() async throws {
        try await Self.withWriter(writeTimeout: .milliseconds(50)) { writer, pair in
            let piece = [UInt8](repeating: 0x78, count: 1000)
            for _ in 0..<10_000 { writer.writeWithoutWaiting(piece) }
            let events = EventStream(writer, heartbeat: .milliseconds(1))
            events.start()
            defer { events.stop() }
            let isCutOff = try await eventually(on: writer.loop) { Self.isInterrupted(pair.near) }
            #expect(isCutOff)
        }
    }

    private static func isInterrupted(_ stream: ByteStream) -> Bool {
        do {
            _ = try stream.readOnce()
            return false
        } catch {
            return error as? StreamError == .interrupted
        }
    }

    @Test("a stream whose client takes everything at once lets the loop's other tasks have their turn")
    func fairness() async throws {
        try await Self.withWriter { writer, pair in
            let hasRun = Lock(false)
            writer.loop.spawn { hasRun.withLock { $0 = true } }
            let piece = [UInt8](repeating: 0x78, count: 32_768)
            for _ in 0..<16 {
                try await writer.write(piece)
                #expect(try Self.drain(pair.far).count == piece.count)
            }
            #expect(hasRun.withLock { $0 })
        }
    }
}
