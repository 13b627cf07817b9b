import JSON
import Telemetry
import TestSupport
import Testing

@Suite("The log's level over HTTP")
struct LogLevelTests {
    private static let path = "/api/admin/log-level"
    private static let admin = ["X-API-Key: secret", "Content-Type: application/json", "Accept-Language: en"]

    @Test("is told with what the settings say and which process it is of, and can be changed")
    func change() async throws {
        try await TestAPI.with(adminKey: "secret") { api in
            let before = try await api.get(Self.path, Self.admin)
            #expect(before.status == 200 && before["cache-control"] == "no-store")
            #expect(before.json["level"] == "info" && before.json["process"] == "host:1:2")
            #expect(before.json["levels"] == ["debug", "info", "notice", "warning", "error"])
            #expect(before.json["applies_to"]?.stringValue?.hasPrefix("This process only") == true)
            let after = try await api.ask("PUT", Self.path, Self.admin, body: #"{"level":"debug"}"#)
            #expect(after.status == 200)
            #expect(after.json["level"] == "debug" && after.json["configured"] == "info")
            #expect(api.logLevel.level == .debug)
        }
    }

    @Test(
        "is one of those there are",
        arguments: [("{}", "missing"), (#"{"level":1}"#, "type_error"), (#"{"level":"DEBUG "}"#, "value_error")])
    func wrong(body: String, kind: String) async throws {
        try await TestAPI.with(adminKey: "secret") { api in
            let answer = try await api.ask("PUT", Self.path, Self.admin, body: body)
            answer.expectProblem(422)
            #expect(answer.json["errors"]?[0]?["type"]?.stringValue == kind)
            #expect(api.logLevel.level == .info)
        }
    }
}
