import EventLoop
import FakeProviders
import JSON
import TestSupport
import Testing

@Suite("The fake's scenario steps", .timeLimit(.minutes(10)))
struct FakeScenarioTests {
    @Test("a step counts for as many requests as it says, then the usual answer is back")
    func times() async throws {
        try await FakeClient.with { (client) async throws in
            client.fake.enqueue(ScenarioStep(status: 429, headers: ["Retry-After": "2"]), on: .chat, times: 2)
            #expect(try await client.ask()["retry-after"] == "2")
            #expect(try await client.ask().status == 429)
            #expect(try await client.ask().status == 200)
            #expect(client.fake.counters.requests[.chat] == 3)
        }
    }

    @Test("more requests at a time than the limit get 429, and the permit comes back when a client goes away")
    func limit() async throws {
        try await FakeClient.with { (client) async throws in
            client.fake.settings.concurrencyLimit = 1
            var step = ScenarioStep()
            step.ending = .stall(after: nil)
            client.fake.enqueue(step, on: .chat)
            let waiting = try await client.connect()
            try await waiting.request("POST", "/v1/chat/completions", client.fields, body: FakeClient.question)
            #expect(try await eventually(on: client.loop) { client.fake.counters.current == 1 })
            #expect(try await client.ask().status == 429)
            waiting.close()
            #expect(try await eventually(on: client.loop) { client.fake.counters.aborted == 1 })
            #expect(try await client.ask().status == 200)
            #expect(client.fake.counters.peak == 1)
        }
    }

    @Test(
        "broken bodies come as they were asked for",
        arguments: [
            (ScenarioFraming.wrongLength(excess: 5), "Content-Length: 7", "{}"),
            (.badChunk, "Transfer-Encoding: chunked", "2\r\n{}\r\nxyz\r\n"), (.untilClose, "Connection: close", "{}"),
        ])
    func framing(framing: ScenarioFraming, field: String, body: String) async throws {
        try await FakeClient.with { (client) async throws in
            var step = ScenarioStep(status: 200, body: .raw(Array("{}".utf8)))
            step.framing = framing
            client.fake.enqueue(step, on: .chat)
            let connection = try await client.connect()
            try await connection.request("POST", "/v1/chat/completions", client.fields, body: FakeClient.question)
            let text = try await connection.receiveToEnd()
            #expect(text.contains(field))
            #expect(text.hasSuffix("\r\n\r\n" + body))
            connection.close()
        }
    }

    @Test("a reset comes after as many bytes as were asked for")
    func reset() async throws {
        try await FakeClient.with { (client) async throws in
            var step = ScenarioStep()
            step.ending = .rst(after: nil)
            client.fake.enqueue(step, on: .chat)
            let connection = try await client.connect()
            try await connection.request("POST", "/v1/chat/completions", client.fields, body: FakeClient.question)
            await #expect(throws: StreamError.disconnected) { try await connection.receiveToEnd() }
            connection.close()
        }
    }

    @Test("a stream is written in as small pieces as were asked for, and is whole")
    func trickle() async throws {
        try await FakeClient.with { (client) async throws in
            var step = ScenarioStep()
            step.trickle = .init(bytes: 1, every: .zero)
            step.stream.lineEnd = "\r\n"
            step.stream.extraLines = [": keep-alive"]
            client.fake.enqueue(step, on: .chat)
            let text = try await client.ask(body: FakeClient.streamed).text
            #expect(text.hasSuffix(": keep-alive\r\ndata: [DONE]\r\n\r\n"))
        }
    }

    @Test("the answer takes as long as the settings say")
    func delay() async throws {
        try await FakeClient.with { (client) async throws in
            client.fake.settings.answerDelay = .milliseconds(30)
            let start = MonotonicTime.now
            #expect(try await client.ask().status == 200)
            #expect(MonotonicTime.now - start >= .milliseconds(30))
        }
    }
}
