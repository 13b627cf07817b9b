import Domain
import TestSupport
import Testing

@testable import Providers

@Suite("An answer in pieces")
struct EngineStreamTests {
    private static let first = #"data: {"choices":[{"delta":{"role":"assistant","content":"При"},"index":0}]}"# + "\n\n"
    private static let second = #"data: {"choices":[{"delta":{"content":"вет"},"index":0}],"model":"m:2"}"# + "\n\n"
    private static let last = #"""
        data: {"choices":[{"delta":{"content":""},"finish_reason":"stop"}],
        """# + #""usage":{"prompt_tokens":5,"completion_tokens":2}}"# + "\n\n"
    private static let done = "data: [DONE]\n\n"

    @Test("comes piece by piece, with its end")
    func pieces() async throws {
        let body = Self.first + Self.second + Self.last + Self.done
        try await Exchange.with(replies: [streamReply(body)]) { exchange in
            let (events, outcome) = await exchange.stream()
            #expect(events == [.text("При"), .text("вет")])
            let end = try #require(try outcome.get())
            #expect(end.reason == .stop && end.model == "m:2" && end.upstreamRequestID == "up-1")
            #expect(end.tokens == TokenUsage(prompt: 5, completion: 2))
        }
    }

    @Test("is complete with a reason and no mark, and with a mark and no reason", arguments: [last, done])
    func completeness(ending: String) async throws {
        try await Exchange.with(replies: [streamReply(Self.first + ending)]) { exchange in
            let (events, outcome) = await exchange.stream()
            #expect(events == [.text("При")])
            let end = try outcome.get()
            #expect(end?.reason == .stop)
        }
    }

    @Test("that ends with neither was cut, and nobody may begin it anew")
    func cut() async throws {
        try await Exchange.with(replies: [streamReply(Self.first + Self.second)]) { exchange in
            let (events, outcome) = await exchange.stream()
            #expect(events == [.text("При"), .text("вет")])
            let failure = try #require(outcome.failure)
            #expect(failure.failureClass == .malformed && failure.isInterrupted)
        }
    }

    @Test("that is cut before its first piece may be begun anew")
    func cutEarly() async throws {
        try await Exchange.with(replies: [streamReply(": keep-alive\n\n")]) { exchange in
            let failure = try #require(await exchange.stream().outcome.failure)
            #expect(failure.failureClass == .malformed && !failure.isInterrupted)
        }
    }

    @Test("reports an error that comes in the middle, by its code")
    func reportedError() async throws {
        let error = #"data: {"error":{"code":429,"message":"slow down"}}"# + "\n\n"
        try await Exchange.with(replies: [streamReply(Self.first + error)]) { exchange in
            let (events, outcome) = await exchange.stream()
            #expect(events.count <= 1)
            #expect(outcome.failure?.failureClass == .rateLimited)
        }
    }

    @Test("that comes whole is taken all the same")
    func whole() async throws {
        let body = #"{"choices":[{"message":{"content":"42"},"finish_reason":"stop"}],"model":"m"}"#
        try await Exchange.with(replies: [reply(200, body)]) { exchange in
            let (events, outcome) = await exchange.stream()
            #expect(events == [.text("42")])
            let end = try outcome.get()
            #expect(end?.reason == .stop)
        }
    }

    @Test("has its refusal read")
    func refusal() async throws {
        try await Exchange.with(replies: [reply(402, #"{"message":"Payment Required"}"#)]) { exchange in
            let failure = try #require(await exchange.stream().outcome.failure)
            #expect(failure.failureClass == .quotaExhausted)
            #expect(failure.detail.contains("Payment Required"))
        }
    }

    @Test("asks for counts of tokens where they come only when asked for")
    func usage() async throws {
        try await Exchange.with(replies: [streamReply(Self.done)]) { exchange in
            _ = await exchange.stream()
            let body = String(decoding: exchange.requests[0].body, as: UTF8.self)
            #expect(body.contains(#""stream_options":{"include_usage":true}"#))
        }
        try await Exchange.with(.mistral, replies: [streamReply(Self.done)]) { exchange in
            _ = await exchange.stream()
            #expect(!String(decoding: exchange.requests[0].body, as: UTF8.self).contains("stream_options"))
        }
    }
}

extension Result {
    fileprivate var failure: Failure? {
        if case .failure(let failure) = self { failure } else { nil }
    }
}
