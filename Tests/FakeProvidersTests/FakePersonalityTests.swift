import FakeProviders
import JSON
import TestSupport
import Testing

@Suite("The fake with another provider's ways", .timeLimit(.minutes(10)))
struct FakePersonalityTests {
    private static func with(
        _ personality: FakePersonality, _ body: @escaping @Sendable (FakeClient) async throws -> Void
    ) async throws {
        try await onLoop { loop in
            var settings = FakeSettings()
            settings.personality = personality
            let fake = try await FakeGigaChat.start(on: loop, settings: settings)
            let client = FakeClient(fake, on: loop)
            client.token = settings.apiKey
            do {
                try await body(client)
            } catch {
                await fake.close()
                throw error
            }
            await fake.close()
        }
    }

    private static func chat(_ client: FakeClient, _ path: String, _ body: String) async throws -> RawHTTPResponse {
        let connection = try await client.connect()
        defer { connection.close() }
        return try await connection.exchange("POST", path, client.fields, body: body)
    }

    @Test("DeepSeek sends blank lines before an answer and comments before a stream")
    func deepseek() async throws {
        try await Self.with(.deepseek) { (client) async throws in
            let question = #"{"model":"deepseek-flash","messages":[{"role":"user","content":"a"}]}"#
            let answer = try await Self.chat(client, "/chat/completions", question)
            #expect(answer.text.hasPrefix("\n\n{"))
            let streamed = #"{"stream":true,"stream_options":{"include_usage":true},"# + question.dropFirst()
            let stream = try await Self.chat(client, "/v1/chat/completions", streamed)
            #expect(stream.text.hasPrefix(": keep-alive\n\n") && stream.text.contains(#""choices":[],"usage""#))
            let old = #"{"model":"deepseek-chat","messages":[]}"#
            #expect(try await Self.chat(client, "/chat/completions", old).status == 404)
        }
    }

    @Test("Gemini answers at its own path, and wraps errors in a list")
    func gemini() async throws {
        try await Self.with(.gemini) { (client) async throws in
            let body = #"{"model":"gemini-3.5-flash","seed":1,"messages":[{"role":"user","content":"a"}]}"#
            let answer = try await Self.chat(client, "/v1beta/openai/chat/completions", body)
            #expect(answer.status == 400 && answer.text.hasPrefix(#"[{"error":{"code":400"#))
            #expect(try await Self.chat(client, "/v1/chat/completions", body).status == 404)
        }
    }

    @Test("Qwen's renewal gives another refresh token each time, and takes no old one")
    func qwen() async throws {
        try await Self.with(.qwen) { (client) async throws in
            client.fake.settings.resourceURL = "evil.example"
            var token = FakeSettings.firstRefreshToken
            for _ in 0..<2 {
                let answer = try await Self.renew(client, token)
                #expect(answer["resource_url"] == "evil.example" && answer["expires_in"] == 1_800)
                let old = token
                token = try #require(answer["refresh_token"]?.stringValue)
                #expect(try await Self.renew(client, old)["error"] == "invalid_grant")
                client.token = try #require(answer["access_token"]?.stringValue)
                let body = #"{"model":"qwen3-coder-plus","messages":[{"role":"user","content":"a"}]}"#
                #expect(try await Self.chat(client, "/v1/chat/completions", body).status == 200)
            }
            client.fake.revokeAllTokens()
            #expect(try await Self.chat(client, "/v1/chat/completions", "{}").status == 401)
        }
    }

    private static func renew(_ client: FakeClient, _ token: String) async throws -> JSONValue {
        let connection = try await client.connect(client.fake.authURL)
        defer { connection.close() }
        let form = ["Content-Type: application/x-www-form-urlencoded"]
        let body = "grant_type=refresh_token&client_id=c&refresh_token=\(token)"
        return try JSONParser().parse(
            try await connection.exchange("POST", "/api/v1/oauth2/token", form, body: body).body)
    }
}
