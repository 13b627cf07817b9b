import FakeProviders
import JSON
import TestSupport
import Testing

@Suite("The fake's authorisation", .timeLimit(.minutes(10)))
struct FakeOAuthTests {
    @Test("a token comes with its end in milliseconds, and is counted")
    func token() async throws {
        try await FakeClient.with { (client) async throws in
            let answer = try JSONParser().parse(try await client.oauth().body)
            let end = try #require(answer["expires_at"]?.intValue)
            #expect(end > 1_000_000_000_000)
            #expect(client.fake.counters.tokensIssued == 2)
        }
    }

    @Test("each mistake has the code that GigaChat has for it")
    func mistakes() async throws {
        try await FakeClient.with { (client) async throws in
            client.fake.settings.tokenRequestsPerSecond = nil
            let other = "Basic b3RoZXI6a2V5"
            let cases = [
                (try await client.oauth(id: nil), 400, 2), (try await client.oauth(id: "one"), 400, 2),
                (try await client.oauth(key: "Basic a:b"), 400, 4), (try await client.oauth(key: other), 401, 6),
                (try await client.oauth(body: ""), 400, 5), (try await client.oauth(body: "scope=ALL"), 400, 1),
                (try await client.oauth(body: "scope=GIGACHAT_API_CORP"), 400, 7),
                (try await client.oauth(body: "{}", type: "application/json"), 400, 5),
            ]
            for (answer, status, code) in cases {
                #expect(answer.status == status)
                let told = try JSONParser().parse(answer.body)["code"]?.intValue
                #expect(told == code)
            }
        }
    }

    @Test("too many requests in a second get 429")
    func rate() async throws {
        try await FakeClient.with { (client) async throws in
            client.fake.settings.tokenRequestsPerSecond = 1
            #expect(try await client.oauth().status == 429)
        }
    }

    @Test("a step gives a token the shape it asks for")
    func shape() async throws {
        try await FakeClient.with { (client) async throws in
            var step = ScenarioStep()
            step.token.isShort = true
            step.token.inSeconds = true
            client.fake.enqueue(step, on: .oauth)
            let answer = try JSONParser().parse(try await client.oauth().body)
            #expect(answer["tok"] != nil)
            let end = try #require(answer["exp"]?.intValue)
            #expect(end < 100_000_000_000)
        }
    }

    @Test("user and password get a token in the short form, and wrong ones get none")
    func password() async throws {
        try await FakeClient.with { (client) async throws in
            let connection = try await client.connect()
            defer { connection.close() }
            let right = "Authorization: Basic \(client.fake.settings.credentials)"
            let answer = try await connection.exchange("POST", "/api/v1/token", [FakeClient.agent, right], body: "")
            client.token = try #require(try JSONParser().parse(answer.body)["tok"]?.stringValue)
            #expect(try await client.ask().status == 200)
            let wrong = "Authorization: Basic b3RoZXI6a2V5"
            #expect(try await connection.exchange("POST", "/api/v1/token", [FakeClient.agent, wrong]).status == 401)
        }
    }
}
