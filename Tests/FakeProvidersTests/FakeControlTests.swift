import FakeProviders
import JSON
import Telemetry
import TestSupport
import Testing

@Suite("The fake's control routes", .timeLimit(.minutes(10)))
struct FakeControlTests {
    private static func control(
        _ client: FakeClient, _ method: String, _ name: String, _ body: String? = nil
    ) async throws -> RawHTTPResponse {
        let connection = try await client.connect()
        defer { connection.close() }
        return try await connection.exchange(method, "/__fake/\(name)", body: body)
    }

    @Test("a step that is queued over HTTP is followed, and counted")
    func scenario() async throws {
        try await FakeClient.with { (client) async throws in
            let step = #"{"route":"chat","times":1,"step":{"status":503,"html":"<h1>SynGX</h1>"}}"#
            #expect(try await Self.control(client, "POST", "scenario", step).status == 200)
            let answer = try await client.ask()
            #expect(answer.status == 503)
            #expect(answer["content-type"] == "text/html")
            let counters = try JSONParser().parse(try await Self.control(client, "GET", "counters").body)
            #expect(counters["requests"]?["chat"]?.intValue == 1)
            let log = try JSONParser().parse(try await Self.control(client, "GET", "log").body)
            #expect(log[1]?["status"]?.intValue == 503)
        }
    }

    @Test(
        "a step that makes no sense is refused",
        arguments: [
            #"{"route":"chats"}"#, #"{"route":"chat","times":0}"#, #"{"route":"chat","step":{"statuss":1}}"#,
            #"{"route":"chat","step":{"status":99}}"#, #"{"route":"chat","step":{"ending":{"how":"bang"}}}"#,
            #"{"route":"chat","step":{"headers":{"a":"b\r\nc: d"}}}"#, "{",
        ])
    func nonsense(body: String) async throws {
        try await FakeClient.with { (client) async throws in
            #expect(try await Self.control(client, "POST", "scenario", body).status == 400)
        }
    }

    @Test("a step in JSON says the same as one in Swift")
    func step() throws {
        let text = """
            {"wait_before_head": 5, "framing": "wrong_length", "excess": 3, "ending": {"how": "rst", "after": 7},
             "trickle": {"bytes": 2, "every": 1}, "token": {"ttl": 59000, "seconds": true},
             "stream": {"done": false, "finish_reason": null, "usage": "own", "chunks": 9}}
            """
        let step = try ScenarioStep(json: JSONParser().parse(text))
        #expect(step.waitBeforeHead == .milliseconds(5))
        #expect(step.framing == .wrongLength(excess: 3))
        #expect(step.ending == .rst(after: 7))
        #expect(step.trickle == .init(bytes: 2, every: .milliseconds(1)))
        #expect(step.token.life == .seconds(59))
        #expect(step.stream.finishReason == nil)
        #expect(step.stream.usage == .ownChunk)
    }

    @Test("a reset forgets steps and counts, and tokens can be revoked")
    func reset() async throws {
        try await FakeClient.with { (client) async throws in
            client.fake.enqueue(ScenarioStep(status: 500), on: .models)
            #expect(try await Self.control(client, "POST", "revoke").status == 200)
            #expect(try await Self.control(client, "POST", "reset").status == 200)
            #expect(try await client.ask("GET", "models", body: nil).status == 401)
            #expect(client.fake.counters.tokensIssued == 0)
        }
    }

    @Test("settings are changed over HTTP, and told")
    func config() async throws {
        try await FakeClient.with { (client) async throws in
            let change = #"{"token_ttl":5000,"clock_offset":-3600000,"concurrency":null,"accept_bearer":false}"#
            let told = try JSONParser().parse(try await Self.control(client, "POST", "config", change).body)
            #expect(told["token_ttl"] == 5000 && told["concurrency"] == .null && told["require_user_agent"] == true)
            #expect(client.fake.settings.concurrencyLimit == nil)
            let token = try JSONParser().parse(try await client.oauth().body)
            let end = try #require(token["expires_at"]?.intValue)
            #expect(Int64(end) / 1_000 < WallTime.now.seconds - 3_500)
            let bearer = "Bearer \(client.fake.settings.credentials)"
            #expect(try await client.oauth(key: bearer).status == 400)
        }
    }

    @Test(
        "a setting that makes no sense is refused, and those beside it are not taken",
        arguments: [
            #"{"token_ttl":1,"clock_offset":1e9}"#, #"{"token_ttl":1,"ttl":1}"#, #"{"token_ttl":1,"accept_bearer":1}"#,
            "[]",
        ])
    func badConfig(body: String) async throws {
        try await FakeClient.with { (client) async throws in
            #expect(try await Self.control(client, "POST", "config", body).status == 400)
            #expect(client.fake.settings.tokenLife == .seconds(1_800))
        }
    }

    @Test("a path that is unknown gets JSON, or a page where that is wanted")
    func unknownPath() async throws {
        try await FakeClient.with { (client) async throws in
            #expect(try await client.ask("GET", "nothing", body: nil).text.hasPrefix("{\"status\":404"))
            _ = try await Self.control(client, "POST", "config", #"{"html_for_unknown_paths":true}"#)
            let answer = try await client.ask("GET", "nothing", body: nil)
            #expect(answer.status == 404 && answer["content-type"] == "text/html")
        }
    }
}
