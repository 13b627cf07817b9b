import FakeProviders
import JSON
import TestSupport
import Testing

@Suite("The fake's answers", .timeLimit(.minutes(10)))
struct FakeChatTests {
    @Test("the answer repeats the question")
    func echo() async throws {
        try await FakeClient.with { (client) async throws in
            let answer = try await client.ask(fields: ["X-Request-ID: seven"])
            let json = try JSONParser().parse(answer.body)
            #expect(json["choices"]?[0]?["message"]?["content"]?.stringValue == "echo: Сколько?")
            #expect(json["model"]?.stringValue == "GigaChat-2:2.0.28.2")
            #expect(answer["x-request-id"] == "seven")
        }
    }

    @Test("a stream ends with finish reason, usage and the done marker")
    func stream() async throws {
        try await FakeClient.with { (client) async throws in
            let answer = try await client.ask(body: FakeClient.streamed)
            #expect(answer["content-type"] == "text/event-stream")
            let events = answer.text.split(separator: "\n\n").map(String.init).filter { !$0.isEmpty }
            #expect(events.last == "data: [DONE]")
            #expect(events.count == 5)
            let last = try JSONParser().parse(String(events[3].dropFirst(6)))
            #expect(last["choices"]?[0]?["finish_reason"]?.stringValue == "stop")
            #expect(last["usage"]?["total_tokens"]?.intValue != nil)
        }
    }

    @Test(
        "what GigaChat refuses is refused",
        arguments: [
            (#"{"#, 400), (#"{"model":"none","messages":[{"role":"user","content":"a"}]}"#, 404),
            (#"{"model":"GigaChat","messages":[]}"#, 422),
            (#"{"model":"GigaChat","messages":[{"role":"user"},{"role":"system"}]}"#, 422),
            (#"{"model":"GigaChat","temperature":0,"messages":[{"role":"user","content":"a"}]}"#, 422),
            (#"{"model":"GigaChat","top_p":2,"messages":[{"role":"user","content":"a"}]}"#, 422),
            (#"{"model":"GigaChat","messages":[{"role":"function","content":"plain"}]}"#, 422),
            (#"{"model":"GigaChat","functions":[{"name":"1a"}],"messages":[{"role":"user","content":"a"}]}"#, 422),
            (#"{"model":"GigaChat","messages":[{"role":"assistant","function_call":{"name":"a"}}]}"#, 422),
        ])
    func refusals(body: String, status: Int) async throws {
        try await FakeClient.with { (client) async throws in
            #expect(try await client.ask(body: body).status == status)
        }
    }

    @Test("fields that are ignored are noted in the log")
    func ignored() async throws {
        try await FakeClient.with { (client) async throws in
            let body = #"{"model":"GigaChat","seed":1,"messages":[{"role":"user","content":"a"}]}"#
            #expect(try await client.ask(body: body).status == 200)
            #expect(client.fake.log.last?.notes == ["ignored: seed"])
        }
    }

    @Test("a missing, an unknown and an expired token and a missing User-Agent are told apart")
    func authorization() async throws {
        try await FakeClient.with { (client) async throws in
            let connection = try await client.connect()
            let target = "/api/v1/models"
            #expect(try await connection.exchange("GET", target).status == 403)
            #expect(try await connection.exchange("GET", target, [FakeClient.agent]).status == 401)
            #expect(try await connection.exchange("GET", target, client.fields).status == 200)
            client.fake.revokeAllTokens()
            #expect(try await connection.exchange("GET", target, client.fields).text.contains("Unauthorized"))
            connection.close()
            client.fake.settings.tokenLife = .zero
            client.token = try JSONParser().parse(try await client.oauth().body)["access_token"]?.stringValue ?? ""
            #expect(try await client.ask("GET", "models", body: nil).text.contains("Token has expired"))
        }
    }

    @Test("models, embeddings, tokens and the balance have their shapes")
    func others() async throws {
        try await FakeClient.with { (client) async throws in
            #expect(try await client.ask("GET", "models/GigaChat", body: nil).status == 200)
            #expect(try await client.ask("GET", "models/none", body: nil).status == 404)
            #expect(try await client.ask("GET", "balance", body: nil).text.hasPrefix(#"{"balance":["#))
            let body = #"{"model":"Embeddings","input":["abcde"]}"#
            let count = try await client.ask("POST", "tokens/count", body: body)
            #expect(count.text == #"[{"object":"tokens","tokens":2,"characters":5}]"#)
            let embeddings = try JSONParser().parse(try await client.ask("POST", "embeddings", body: body).body)
            #expect(embeddings["data"]?[0]?["embedding"]?.arrayValue?.count == 8)
        }
    }
}
