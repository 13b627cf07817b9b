import Domain
import Foundation
import HTTP
import JSON
import Testing

@testable import API
@testable import App

/// The OpenAPI document against the router. What the service answers is held against it by `scripts/api-check`.
@Suite("The API's description is true to the routes")
struct DescriptionTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "resources/api").path()

    private let document: JSONValue

    init() throws {
        document = try APIDescription(folder: Self.folder).load(version: "1.2.3")
    }

    private struct Operation {
        let method: String
        let path: String
        let value: JSONValue

        var name: String { "\(method) \(path)" }
        var parameters: [JSONValue] { value["parameters"]?.arrayValue ?? [] }
    }

    private var operations: [Operation] {
        let paths: [(key: String, value: JSONValue)] = (document["paths"]?.objectValue).map(Array.init) ?? []
        return paths.flatMap { path in
            (path.value.objectValue.map(Array.init) ?? []).map { method in
                Operation(method: method.key.uppercased(), path: path.key, value: method.value)
            }
        }
    }

    /// What a reference leads to; anything else as it is.
    private func resolved(_ value: JSONValue) -> JSONValue? {
        guard let reference = value["$ref"]?.stringValue else { return value }
        return reference.dropFirst(2).split(separator: "/").reduce(document as JSONValue?) { $0?[String($1)] }
    }

    @Test("the document describes every route and no other")
    func routes() async throws {
        let described = Set(operations.map(\.name))
        try await TestAPI.with { api in
            let routes = Set(api.routes.map { "\($0.method) \($0.pattern)" })
            #expect(routes.subtracting(described) == [], "routes that the document lacks")
            #expect(described.subtracting(routes) == [], "described, but not there")
        }
    }

    @Test("what a path captures is declared as its parameters, and nothing else is in the path")
    func pathParameters() throws {
        for operation in operations {
            let captured = operation.path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
                String($0.dropFirst().dropLast())
            }
            let declared = operation.parameters.compactMap(resolved).filter { $0["in"] == "path" }
            #expect(declared.compactMap { $0["name"]?.stringValue } == captured, "\(operation.name)")
            #expect(declared.allSatisfy { $0["required"] == true }, "\(operation.name)")
        }
    }

    @Test("every operation has a name of its own, a summary, a known tag, and answers, one of them a success")
    func completeness() throws {
        let tags = Set(document["tags"]?.arrayValue?.compactMap { $0["name"]?.stringValue } ?? [])
        let names = operations.compactMap { $0.value["operationId"]?.stringValue }
        #expect(names.count == operations.count)
        #expect(Set(names).count == names.count)
        for operation in operations {
            #expect(operation.value["summary"]?.stringValue?.isEmpty == false, "\(operation.name)")
            let own = operation.value["tags"]?.arrayValue?.compactMap(\.stringValue) ?? []
            #expect(!own.isEmpty && own.allSatisfy(tags.contains), "\(operation.name)")
            let statuses = operation.value["responses"]?.objectValue.map { Array($0.keys) } ?? []
            #expect(statuses.contains { $0.hasPrefix("2") }, "\(operation.name)")
        }
    }

    @Test("every body that is sent has a named example, and so has every JSON that is answered with success")
    func examples() throws {
        for operation in operations {
            if let body = operation.value["requestBody"] {
                let content = resolved(body)?["content"]?["application/json"]
                #expect(content?["examples"]?.objectValue?.isEmpty == false, "\(operation.name)")
            }
            for (status, answer) in operation.value["responses"]?.objectValue ?? [:] where status.hasPrefix("2") {
                guard let content = resolved(answer)?["content"]?["application/json"] else { continue }
                // The whole catalogue and this very document are shown by their schemas.
                guard !["/api/prompts/catalogue", "/openapi.json"].contains(operation.path) else { continue }
                let isShown =
                    content["example"] != nil || content["examples"] != nil
                    || status == "200"
                        && content["schema"] == ["$ref": "#/components/schemas/JobResult"]
                #expect(isShown, "\(operation.name) \(status)")
            }
        }
    }

    @Test("every operation wants the key that its route does, and declares how it is refused without")
    func access() throws {
        for operation in operations {
            let access = RouteAccess.of(operation.method, operation.path)
            #expect(operation.value["security"] == Self.security(access), "\(operation.name)")
            for status in ["401", "403"] {
                let fields = try headers(operation, status)
                if access == .open {
                    #expect(fields == nil, "\(operation.name) \(status)")
                } else {
                    #expect(fields?.contains("WWW-Authenticate") == true, "\(operation.name) \(status)")
                }
            }
        }
    }

    /// Administrators need a key always, others where the settings say so, and nobody one for what is open.
    private static func security(_ access: RouteAccess) -> JSONValue? {
        switch access {
        case .open: return []
        case .undeclared: return nil
        case .scope, .administrators: break
        }
        let roles: JSONValue = .array(access.scope.map { [.string($0.rawValue)] } ?? [])
        let keys: [JSONValue] = [["bearerKey": roles], ["headerKey": roles]]
        return .array(access == .administrators ? keys : [[:]] + keys)
    }

    /// The names of the header fields that an answer declares; nil without such an answer.
    private func headers(_ operation: Operation, _ status: String) throws -> Set<String>? {
        guard let answer = operation.value["responses"]?[status] else { return nil }
        let object = try #require(resolved(answer), "\(operation.name) \(status)")
        return Set(object["headers"]?.objectValue.map { Array($0.keys) } ?? [])
    }

    @Test("what clients may do only so often declares how they stand with the limit, and nothing else does")
    func limits() throws {
        let (standing, pause): (Set<String>, Set<String>) = (["RateLimit", "RateLimit-Policy"], ["Retry-After"])
        for operation in operations {
            let isLimited = operation.method == "POST" && RateRule.of(.post, operation.path) != nil
            let refusal = try headers(operation, "429")
            #expect(isLimited == (refusal != nil), "\(operation.name)")
            #expect(refusal?.isSuperset(of: standing.union(pause)) ?? true, "\(operation.name)")
            for (status, _) in operation.value["responses"]?.objectValue ?? [:] where status.hasPrefix("2") {
                let fields = try headers(operation, status) ?? []
                #expect(standing.isSubset(of: fields) == isLimited, "\(operation.name) \(status)")
            }
        }
    }

    @Test("every reference leads somewhere, and every component is used")
    func references() throws {
        var used = Set<String>()
        collect(document, &used)
        for reference in used {
            #expect(resolved(["$ref": .string(reference)]) != nil, "\(reference)")
        }
        for (kind, entries) in document["components"]?.objectValue ?? [:] where kind != "securitySchemes" {
            for name in entries.objectValue.map({ Array($0.keys) }) ?? [] {
                #expect(used.contains("#/components/\(kind)/\(name)"), "\(kind)/\(name) is not used")
            }
        }
    }

    private func collect(_ value: JSONValue, _ references: inout Set<String>) {
        switch value {
        case .array(let elements): elements.forEach { collect($0, &references) }
        case .object(let object):
            if let reference = object["$ref"]?.stringValue { references.insert(reference) }
            for (_, value) in object { collect(value, &references) }
        default: break
        }
    }

    @Test("the document is of the version of the program, and of a name that stands twice the file is told")
    func parts() throws {
        #expect(document["openapi"] == "3.1.0")
        #expect(document["info"]?["version"] == "1.2.3")
        let folder = FileManager.default.temporaryDirectory.appending(path: "api-\(UUID().uuidString)")
        try FileManager.default.copyItem(at: URL(filePath: Self.folder), to: folder)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        let twin = "paths:\n  /livez:\n    get: {}\n"
        try twin.write(to: folder.appending(path: "twin.yaml"), atomically: true, encoding: .utf8)
        do {
            _ = try APIDescription(folder: folder.path()).load(version: "1")
            Issue.record("a path in two files was taken")
        } catch {
            #expect(error.exitCode == .configuration)
            #expect(error.description.contains("twin.yaml: /livez, get stands in another file"))
        }
    }
}
