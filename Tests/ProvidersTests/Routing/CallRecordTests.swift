import Domain
import EventLoop
import Telemetry
import TestSupport
import Testing

@testable import Providers

@Suite("What is kept of a call")
struct CallRecordTests {
    private static let choice = ModelChoice(provider: "a", model: "m")

    private static func record(
        _ step: ScriptedProvider.Step, keepsTexts: Bool, gate: any CallGate = OpenGate(),
        _ ask: @escaping @Sendable (ModelRouter) async throws -> Void
    ) async throws -> CallRecord {
        try await record(of: ScriptedProvider("a", step), keepsTexts: keepsTexts, gate: gate, ask)
    }

    private static func record(
        of provider: ScriptedProvider, keepsTexts: Bool, gate: any CallGate = OpenGate(),
        _ ask: @escaping @Sendable (ModelRouter) async throws -> Void
    ) async throws -> CallRecord {
        let records = Lock<[CallRecord]>([])
        let router = ModelRouter(
            [RoutedProvider(provider, gate: gate)],
            table: RouteTable(tiers: [.cheap: [choice], .expensive: [choice]], defaults: [.embedding: [choice]]),
            prices: ModelPrices("a/*=100") ?? ModelPrices(), keepsTexts: keepsTexts
        ) { record in
            records.withLock { $0.append(record) }
        }
        try await onLoop { _ in try await ask(router) }
        return try #require(records.withLock { $0.count == 1 ? $0.first : nil })
    }

    private static let job = JobID(high: 1, low: 2)
    private static let question = ChatRequest(
        .stage(.generation), [ChatMessage(.system, "да"), ChatMessage(.user, "\"q\"")],
        context: CallContext(requestID: "r-1", job: job, client: "c"))

    @Test("an answer's record has the job, the model that answered and the sizes, and no texts")
    func sizes() async throws {
        let record = try await Self.record(.answer("ответ"), keepsTexts: false) { router in
            _ = try await router.complete(Self.question)
        }
        let call = record.call(pricedIn: "RUB")
        #expect(call.job == Self.job && call.callerID == "r-1" && call.client == "c")
        #expect(call.provider == "a" && call.model == "m" && call.answeredModel == "m")
        #expect(call.questionBytes == 7 && call.answerBytes == 10)
        #expect(call.question == nil && call.answer == nil)
        #expect(call.cost?.short == "0.0005" && call.currency == "RUB")
        #expect(call.upstreamID == "a-call" && call.failureClass == nil && call.attempts == 1)
        #expect(call.id == record.id)
    }

    @Test("the client's user stands behind its client, and the gate has the client alone")
    func user() async throws {
        var question = Self.question
        question.context.user = "u"
        let (asked, gate) = (question, CountingGate())
        let record = try await Self.record(.answer("x"), keepsTexts: false, gate: gate) { router in
            _ = try await router.complete(asked)
        }
        #expect(record.call(pricedIn: "RUB").client == "c/u")
        #expect(gate.clients.withLock { $0 } == ["c"])
    }

    @Test("with texts it has what was asked and answered, a stream's pieces together")
    func texts() async throws {
        let whole = try await Self.record(.answer("ответ"), keepsTexts: true) { router in
            _ = try await router.complete(Self.question)
        }
        #expect(whole.question == #"[{"role":"system","text":"да"},{"role":"user","text":"\"q\""}]"#)
        #expect(whole.answer == "ответ")
        let broken = ScriptedProvider.Step.broken(["один", " два"], ModelFailure(.transport, "cut"))
        let stream = try await Self.record(broken, keepsTexts: true) { router in
            let stream = try await router.stream(Self.question)
            do throws(ModelFailure) {
                while try await stream.next() != nil {}
            } catch {
                #expect(error.failureClass == .transport)
            }
        }
        #expect(stream.answer == "один два" && stream.answerBytes == 15)
        #expect(stream.failureClass == .transport && stream.answeredModel == nil)
        let vectors = try await Self.record(.answer(""), keepsTexts: true) { router in
            _ = try await router.embed(
                EmbeddingRequest(.stage(.embedding), ["a", "б"], context: CallContext(requestID: "r")))
        }
        #expect(vectors.question == #"["a","б"]"# && vectors.questionBytes == 3 && vectors.answeredModel == "m")
    }

    @Test("a kept text has a bound, its size is told in full")
    func cut() async throws {
        let text = String(repeating: "x", count: CallRecord.maximumTextBytes + 1)
        let record = try await Self.record(.answer(text), keepsTexts: true) { router in
            _ = try await router.complete(Self.question)
        }
        #expect(record.answer?.utf8.count == CallRecord.maximumTextBytes)
        #expect(record.answerBytes == CallRecord.maximumTextBytes + 1)
        var streamed = CallRecord(CallContext(requestID: "r"), stage: .chat)
        for _ in 0..<3 { streamed.answered(.text(text), keepsTexts: true) }
        #expect(streamed.answer?.utf8.count == CallRecord.maximumTextBytes)
    }

    @Test("a provider is told the span that the record makes, at each try, and the caller's span has caused it")
    func span() async throws {
        let cause = try #require(
            TraceContext(traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
        var question = Self.question
        question.context.trace = cause
        let traced = question
        let provider = ScriptedProvider("a", .failure(ModelFailure(.malformed, "?")), .answer("ответ"))
        let record = try await Self.record(of: provider, keepsTexts: false) { router in
            _ = try await router.complete(traced)
        }
        let span = try #require(record.span)
        #expect(span.context.traceID == cause.traceID && span.parentSpanID == cause.spanID)
        #expect(span.context.spanID != cause.spanID)
        #expect(provider.asked.withLock { $0.map(\.context.trace) } == [span.context, span.context])
        let untraced = try await Self.record(.answer(""), keepsTexts: false) { router in
            _ = try await router.complete(Self.question)
        }
        #expect(untraced.span == nil)
    }

    @Test("a call that failed without tokens costs nothing, and has no currency without a price")
    func failed() async throws {
        let record = try await Self.record(.failure(ModelFailure(.auth, "401")), keepsTexts: false) { router in
            await #expect(throws: ModelFailure.self) { try await router.complete(Self.question) }
        }
        #expect(record.call(pricedIn: "RUB").failureClass == .auth)
        var free = CallRecord(CallContext(requestID: "r"), stage: .chat)
        free.cost = nil
        #expect(free.call(pricedIn: "RUB").currency == nil)
    }
}
