import Domain
import EventLoop
import FakeProviders
import JSON
import TestSupport
import Testing

@testable import Providers

@Suite("GigaChat's provider and its answers, against the fake", .timeLimit(.minutes(10)))
struct StandAnswerTests {
    @Test("429 is waited out as long as it asks for")
    func waits() async throws {
        try await Stand.with { (stand) async throws in
            stand.fake.enqueue(ScenarioStep(status: 429, headers: ["Retry-After": "0.4"]), on: .chat, times: 2)
            let start = MonotonicTime.now
            let result = try await stand.router().complete(Stand.question())
            #expect(result.end.attempts == 3)
            #expect(MonotonicTime.now - start >= .milliseconds(800))
        }
    }

    @Test("429 that asks for more than there is ends at once", arguments: ["99999", "31"])
    func doesNotWait(delay: String) async throws {
        try await Stand.with { (stand) async throws in
            stand.fake.enqueue(ScenarioStep(status: 429, headers: ["Retry-After": delay]), on: .chat, times: 100)
            let router = stand.router()
            let start = MonotonicTime.now
            let failure = await #expect(throws: ModelFailure.self) { try await router.complete(Stand.question()) }
            #expect(failure?.failureClass == .rateLimited)
            #expect(stand.fake.counters.requests[.chat] == 1)
            #expect(MonotonicTime.now - start < .seconds(15))
        }
    }

    @Test("402 is not tried again but falls over, and the provider rests")
    func quota() async throws {
        let second = ScriptedProvider("b", .answer("from b"))
        try await Stand.with { (stand) async throws in
            stand.fake.enqueue(ScenarioStep(status: 402), on: .chat, times: 100)
            let router = stand.router(second: second)
            for _ in 0..<2 {
                let result = try await router.complete(Stand.question())
                #expect(result.text == "from b" && result.end.provider == "b")
            }
            #expect(stand.fake.counters.requests[.chat] == 1)
            #expect(router.providers[0].breakerState == "quota")
        }
    }

    @Test("a gateway's page is a failure of the server, its words without tags and short")
    func page() async throws {
        let filler = String(repeating: "<p>x</p>", count: 1_000)
        let title = "<head><title>502 Bad Gateway</title></head>"
        let page = "<html>\(title)<body><center>SynGX</center>\(filler)</body></html>"
        try await Stand.with { (stand) async throws in
            stand.fake.enqueue(ScenarioStep(status: 502, body: .html(page)), on: .chat)
            let failure = try await stand.failure()
            #expect(failure.failureClass == .server)
            #expect(failure.detail.contains("Bad Gateway SynGX") && !failure.detail.contains("<"))
            #expect(failure.detail.count <= ModelFailure.maximumDetailLength)
        }
    }

    @Test("what GigaChat would refuse is put right before it is sent")
    func normalised() async throws {
        try await Stand.with { (stand) async throws in
            var request = Stand.question()
            request.sampling.temperature = 0
            let call = ChatToolCall(id: "call_1", name: "f", arguments: "{}")
            request.messages = [
                ChatMessage(.system, "one"), ChatMessage(.user, "a"), ChatMessage(.system, "two"),
                ChatMessage(.assistant, "", toolCalls: [call]), ChatMessage(.tool, "plain", toolCallID: "call_1"),
                ChatMessage(.user, "b"),
            ]
            #expect(try await stand.ask(request).text == "echo: b")
            let entry = try #require(stand.fake.log.last)
            #expect(entry.notes == [])
            let body = try JSONParser().parse(entry.bodyText)
            #expect(body["messages"]?[0]?["content"]?.stringValue == "one\n\ntwo")
            #expect(body["top_p"]?.doubleValue == 0)
        }
    }

    @Test("a user agent goes with every request, of whatever kind")
    func userAgent() async throws {
        try await Stand.with { (stand) async throws in
            _ = try await stand.ask()
            _ = await stand.read(stand.router())
            #expect(try await stand.engine.models(budget: .seconds(30)).isEmpty == false)
            let embedding = EmbeddingRequest(
                .named("Embeddings", .embedding), ["a"], context: CallContext(requestID: "r"))
            _ = try await stand.engine.embed(embedding, model: "Embeddings", budget: .seconds(30))
            #expect(Set(stand.fake.log.map(\.path)).count == 4)
            #expect(stand.fake.log.allSatisfy { $0.headers["user-agent"] == "tests/1" && $0.status == 200 })
        }
    }

    @Test("a redirect is not followed, and no token goes where it leads")
    func redirect() async throws {
        try await Stand.with { (elsewhere) async throws in
            let url = elsewhere.fake.baseURL
            let bound = LoopBound(elsewhere.fake, to: elsewhere.loop)
            try await Stand.with { (stand) async throws in
                let step = ScenarioStep(status: 302, headers: ["Location": "\(url)/chat/completions"])
                stand.fake.enqueue(step, on: .chat)
                #expect(try await stand.failure().failureClass == .transport)
                #expect(stand.fake.counters.requests[.chat] == 1)
            }
            #expect(bound.value.log.isEmpty)
        }
    }

    @Test(
        "answers that are none are malformed",
        arguments: [
            ScenarioBody.empty, .json([:]), .json(["choices": []]), .json(["choices": [["index": 0]]]),
            .text("{\"choices\""), .html("<html>"),
        ])
    func malformed(body: ScenarioBody) async throws {
        try await Stand.with { (stand) async throws in
            stand.fake.enqueue(ScenarioStep(status: 200, body: body), on: .chat)
            #expect(try await stand.failure().failureClass == .malformed)
        }
    }

    @Test(
        "a body that is cut is malformed, and one that breaks with a reset, too",
        arguments: [
            (ScenarioFraming.wrongLength(excess: 5), ScenarioEnding.orderly), (.badChunk, .orderly),
            (.length, .fin(after: 20)), (.chunked, .fin(after: 20)), (.length, .rst(after: 20)),
            (.untilClose, .fin(after: 20)),
        ])
    func cut(framing: ScenarioFraming, ending: ScenarioEnding) async throws {
        try await Stand.with { (stand) async throws in
            var step = ScenarioStep()
            step.framing = framing
            step.ending = ending
            stand.fake.enqueue(step, on: .chat)
            #expect(try await stand.failure().failureClass == .malformed)
            #expect(stand.fake.counters.requests[.chat] == 1)
        }
    }

    @Test(
        "why the model stopped is told in words of our own",
        arguments: [
            ("length", ChatEnd.Reason.length), ("blacklist", .blocked), ("unheard_of", .other("unheard_of")),
        ])
    func reasons(word: String, reason: ChatEnd.Reason) async throws {
        try await Stand.with { (stand) async throws in
            var step = ScenarioStep()
            step.stream.finishReason = word
            stand.fake.enqueue(step, on: .chat, times: 2)
            #expect(try await stand.ask().end.reason == reason)
            #expect(try await stand.stream().end?.reason == reason)
        }
    }

    @Test("an answer of two megabytes comes whole, and one that never comes runs out of time")
    func extremes() async throws {
        try await Stand.with { (stand) async throws in
            let text = String(repeating: "длинно ", count: 150_000)
            stand.fake.settings.answer = .text(text)
            #expect(try await stand.ask().text == text)
            var never = ScenarioStep()
            never.ending = .stall(after: nil)
            stand.fake.enqueue(never, on: .chat)
            #expect(try await stand.failure(Stand.question(within: .milliseconds(300))).failureClass == .timeout)
            #expect(try await eventually(on: stand.loop) { stand.fake.counters.aborted == 1 })
        }
    }
}
