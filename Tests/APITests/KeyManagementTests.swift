import Domain
import EventLoop
import JSON
import TestSupport
import Testing

@Suite("API keys over HTTP")
struct KeyManagementTests {
    private static let path = "/api/admin/keys"
    private static let admin = ["X-API-Key: secret"]

    private func make(_ api: TestAPI, _ body: String) async throws -> RawHTTPResponse {
        try await api.post(Self.path, body, Self.admin)
    }

    @Test("a key is told once, where it is made, and opens what its scopes say from then on")
    func create() async throws {
        try await TestAPI.with(adminKey: "secret", access: AccessSettings(areKeysRequired: true)) { api in
            let body = #"{"name":"Плагин","scopes":["read","metrics"],"expires":"90d","rate_per_minute":7}"#
            let answer = try await make(api, body)
            #expect(answer.status == 201 && answer["cache-control"] == "no-store")
            let text = try #require(answer.json["key"]?.stringValue)
            #expect(APIKeyText(text) != nil)
            #expect(answer.json["name"] == "Плагин" && answer.json["scopes"] == ["read", "metrics"])
            #expect(answer.json["rate_per_minute"] == 7 && answer.json["expires_at"]?.stringValue != nil)
            #expect(try await api.get("/api/prompts/presets", ["X-API-Key: \(text)"]).status == 200)
            try await api.get(Self.path, ["X-API-Key: \(text)"]).expectProblem(403)
            let stored = try #require(api.keyStore.state.withLock { $0.keys.last })
            #expect(stored.prefix == text.prefix(9) && stored.digest.count == 32)
            let list = try await api.get(Self.path, Self.admin)
            #expect(list.json["keys"]?[0]?["id"] == answer.json["id"])
            #expect(list.json["keys"]?[0]?["key"] == nil && !list.text.contains(text))
        }
    }

    @Test("what is not said of a key is as the command makes it")
    func defaults() async throws {
        try await TestAPI.with(adminKey: "secret") { api in
            let answer = try await make(api, #"{"name":"plain","scopes":null}"#)
            #expect(answer.json["scopes"] == ["submit", "read"])
            #expect(answer.json["rate_per_minute"] == .null && answer.json["expires_at"] == .null)
        }
    }

    @Test(
        "every wish that is wrong is named",
        arguments: [
            ("{}", "name", "missing"), (#"{"name":" "}"#, "name", "string_too_short"),
            (#"{"name":"a\u0007"}"#, "name", "value_error"), (#"{"name":"n","scopes":[]}"#, "scopes", "value_error"),
            (#"{"name":"n","scopes":["read","all"]}"#, "scopes", "value_error"),
            (#"{"name":"n","scopes":"read"}"#, "scopes", "type_error"),
            (#"{"name":"n","expires":"soon"}"#, "expires", "value_error"),
            (#"{"name":"n","rate_per_minute":1000001}"#, "rate_per_minute", "out_of_range"),
        ])
    func wrong(body: String, field: String, kind: String) async throws {
        try await TestAPI.with(adminKey: "secret") { api in
            let answer = try await make(api, body)
            answer.expectProblem(422)
            #expect(answer.json["errors"]?.arrayValue?.map { $0["loc"] } == [["body", .string(field)]])
            #expect(answer.json["errors"]?[0]?["type"]?.stringValue == kind)
            #expect(api.keyStore.state.withLock { $0.keys.isEmpty })
        }
    }

    @Test("a revoked key is shut out at once; revoking again is 409, and an unknown or malformed id 404")
    func revoke() async throws {
        try await TestAPI.with(adminKey: "secret", access: AccessSettings(areKeysRequired: true)) { api in
            let made = try await make(api, #"{"name":"n"}"#).json
            let id = try #require(made["id"]?.stringValue)
            let key = ["X-API-Key: \(made["key"]?.stringValue ?? "")"]
            #expect(try await api.get("/api/prompts/presets", key).status == 200)
            let revoked = try await api.ask("POST", "\(Self.path)/\(id)/revoke", Self.admin)
            #expect(revoked.status == 204 && revoked["cache-control"] == "no-store")
            try await api.get("/api/prompts/presets", key).expectProblem(401)
            try await api.ask("POST", "\(Self.path)/\(id)/revoke", Self.admin).expectProblem(409)
            for name in [JobID.sampleText, "x"] {
                try await api.ask("POST", "\(Self.path)/\(name)/revoke", Self.admin).expectProblem(404)
            }
        }
    }

    @Test("keys are listed youngest first, in pages")
    func pages() async throws {
        try await TestAPI.with(adminKey: "secret") { api in
            for name in ["a", "b", "c"] { api.keyStore.make(name) }
            let first = try await api.get(Self.path + "?limit=2", Self.admin).json["keys"]
            #expect(first?.arrayValue?.map { $0["name"] } == ["c", "b"])
            let last = first?[1]?["id"]?.stringValue ?? ""
            let second = try await api.get(Self.path + "?limit=2&before=\(last)", Self.admin).json["keys"]
            #expect(second?.arrayValue?.map { $0["name"] } == ["a"])
            let wrong = try await api.get(Self.path + "?limit=0&before=x", Self.admin)
            wrong.expectProblem(422)
            #expect(wrong.json["errors"]?.arrayValue?.count == 2)
        }
    }

    @Test("too many keys are 409, and while the database is away that is said")
    func away() async throws {
        try await TestAPI.with(adminKey: "secret") { api in
            api.keyStore.state.withLock { $0.isFull = true }
            try await make(api, #"{"name":"n"}"#).expectProblem(409)
            api.keyStore.state.withLock { $0.isAway = true }
            try await make(api, #"{"name":"n"}"#).expectProblem(503)
            try await api.get(Self.path, Self.admin).expectProblem(503)
            try await api.ask("POST", "\(Self.path)/\(JobID.sampleText)/revoke", Self.admin).expectProblem(503)
        }
    }
}
