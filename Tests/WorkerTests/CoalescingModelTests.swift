import Domain
import EventLoop
import JSON
import Telemetry
import TestSupport
import Testing

@testable import Worker

@Suite("Identical questions at the same time", .timeLimit(.minutes(10)))
struct CoalescingModelTests {
    /// A model that answers when it is told to, and counts.
    private final class PatientModel: ChatModel, @unchecked Sendable {
        // Safety: touched by tasks of one loop only.
        var asked: [ChatRequest] = []
        var cancelled = 0
        var outcome: SharedCall.Outcome?

        func complete(_ request: ChatRequest) async throws(ModelFailure) -> ChatResult {
            asked.append(request)
            let deadline = MonotonicTime.now + request.context.timeBudget
            while true {
                if let outcome { return try outcome.get() }
                if MonotonicTime.now >= deadline { throw ModelFailure(.timeout, "no answer in time") }
                do {
                    try await EventLoop.current?.sleep(for: .milliseconds(1))
                } catch {
                    cancelled += 1
                    throw ModelFailure(.cancelled, "cancelled")
                }
            }
        }
    }

    private static func question(_ text: String = "q", budget: Duration = .seconds(30)) -> ChatRequest {
        ChatRequest(
            .stage(.generation), [ChatMessage(.user, text)], context: CallContext(requestID: "r", timeBudget: budget))
    }

    private static let answer = ChatResult(
        text: "[[1]]",
        end: ChatEnd(reason: .stop, tokens: TokenUsage(prompt: 3, completion: 2), model: "m", provider: "p"))

    /// What one asker got.
    private typealias Asking = Task<ChatResult, any Error>

    private static func outcome(_ asking: Asking) async -> SharedCall.Outcome {
        do {
            return .success(try await asking.value)
        } catch let failure as ModelFailure {
            return .failure(failure)
        } catch {
            return .failure(ModelFailure(.internal, "\(error)"))
        }
    }

    private static func failureClass(_ asking: Asking) async -> FailureClass? {
        if case .failure(let failure) = await outcome(asking) { failure.failureClass } else { nil }
    }

    /// Runs `body` with a model, what is before it, and a way to ask.
    private static func run(
        maximumAskers: Int = 256,
        _ body: @escaping @Sendable (EventLoop, PatientModel, (ChatRequest) -> Asking) async throws -> Void
    ) async throws {
        try await onLoop { (loop) async throws in
            let model = PatientModel()
            let shared = CoalescingModel(on: loop, model, maximumAskers: maximumAskers)
            try await body(loop, model) { request in loop.spawn { try await shared.complete(request) } }
        }
    }

    @Test("share one call: each has the answer, one of them its tokens; who asks later asks anew")
    func share() async throws {
        try await Self.run { (loop, model, ask) async throws in
            let askings = (1...3).map { _ in ask(Self.question()) }
            #expect(try await eventually(on: loop) { model.asked.count == 1 })
            try await loop.sleep(for: .milliseconds(20))
            model.outcome = .success(Self.answer)
            var results: [ChatResult] = []
            for asking in askings { results.append(try await asking.value) }
            #expect(model.asked.count == 1)
            #expect(results.allSatisfy { $0.text == "[[1]]" && $0.end.provider == "p" })
            #expect(results.map(\.end.tokens.total) == [5, 0, 0])
            #expect(try await ask(Self.question()).value.end.tokens.total == 5)
            #expect(model.asked.count == 2)
        }
    }

    @Test("share one call from several loops, and each asker stays on its own")
    func loops() async throws {
        try await onLoops(3) { group in
            let model = PatientModel()
            let shared = CoalescingModel(on: group.loops[0], model)
            let askings = group.loops.map { loop in
                loop.spawn {
                    let answer = try await shared.complete(Self.question())
                    loop.preconditionInLoop()
                    return answer.end.tokens.total
                }
            }
            try await group.loops[0].sleep(for: .milliseconds(50))
            model.outcome = .success(Self.answer)
            var tokens = 0
            for asking in askings { tokens += try await asking.value }
            #expect(tokens == 5 * model.asked.count)
            #expect(model.asked.count == 1)
        }
    }

    @Test("other questions have calls of their own")
    func others() async throws {
        try await Self.run { (_, model, ask) async throws in
            model.outcome = .success(Self.answer)
            let askings = [ask(Self.question("a")), ask(Self.question("b"))]
            for asking in askings { #expect(try await asking.value.end.tokens.total == 5) }
            #expect(model.asked.count == 2)
        }
    }

    @Test("one that is cancelled leaves the call to those who still wait, and the tokens too")
    func cancelOne() async throws {
        try await Self.run { (loop, model, ask) async throws in
            let first = ask(Self.question())
            let second = ask(Self.question())
            #expect(try await eventually(on: loop) { model.asked.count == 1 })
            first.cancel()
            #expect(await Self.failureClass(first) == .cancelled)
            try await loop.sleep(for: .milliseconds(20))
            #expect(model.cancelled == 0)
            model.outcome = .success(Self.answer)
            #expect(try await second.value == Self.answer)
            #expect(model.asked.count == 1)
        }
    }

    @Test("the call is cancelled with the last one, and the next one to ask has a new one")
    func cancelAll() async throws {
        try await Self.run { (loop, model, ask) async throws in
            let askings = (1...3).map { _ in ask(Self.question()) }
            #expect(try await eventually(on: loop) { model.asked.count == 1 })
            for asking in askings { asking.cancel() }
            for asking in askings { #expect(await Self.failureClass(asking) == .cancelled) }
            #expect(try await eventually(on: loop) { model.cancelled == 1 })
            model.outcome = .success(Self.answer)
            #expect(try await ask(Self.question()).value == Self.answer)
            #expect(model.asked.count == 2)
        }
    }

    @Test("a task that was cancelled before it asks leaves nothing behind")
    func cancelledBefore() async throws {
        try await Self.run { (loop, model, ask) async throws in
            let asking = ask(Self.question())
            asking.cancel()
            #expect(await Self.failureClass(asking) == .cancelled)
            #expect(try await eventually(on: loop) { model.cancelled == model.asked.count })
        }
    }

    @Test("a failure is everybody's, what it cost is one's")
    func failure() async throws {
        try await Self.run { (loop, model, ask) async throws in
            let askings = [ask(Self.question()), ask(Self.question())]
            #expect(try await eventually(on: loop) { model.asked.count == 1 })
            try await loop.sleep(for: .milliseconds(20))
            var failure = ModelFailure(.server, "broken", provider: "p", retryAfter: .seconds(7))
            failure.tokens = TokenUsage(prompt: 4)
            model.outcome = .failure(failure)
            var seen: [ModelFailure] = []
            for asking in askings {
                if case .failure(let failure) = await Self.outcome(asking) { seen.append(failure) }
            }
            #expect(model.asked.count == 1)
            #expect(seen.map(\.failureClass) == [.server, .server])
            #expect(seen.map(\.retryAfter) == [.seconds(7), .seconds(7)])
            #expect(seen.map(\.tokens.total) == [4, 0])
        }
    }

    @Test("one with less time waits no longer than that, and the call goes on")
    func shortBudget() async throws {
        try await Self.run { (loop, model, ask) async throws in
            let patient = ask(Self.question())
            let hurried = ask(Self.question(budget: .milliseconds(30)))
            #expect(await Self.failureClass(hurried) == .timeout)
            #expect(model.cancelled == 0)
            model.outcome = .success(Self.answer)
            #expect(try await patient.value == Self.answer)
            #expect(model.asked.count == 1)
        }
    }

    @Test("one with more time than the first one asks by itself when that one's is over")
    func longBudget() async throws {
        try await Self.run { (loop, model, ask) async throws in
            let hurried = ask(Self.question(budget: .milliseconds(30)))
            let patient = ask(Self.question())
            #expect(await Self.failureClass(hurried) == .timeout)
            #expect(try await eventually(on: loop) { model.asked.count == 2 })
            let left = try #require(model.asked.last?.context.timeBudget)
            #expect(left < .seconds(30) && left > .seconds(20))
            model.outcome = .success(Self.answer)
            #expect(try await patient.value == Self.answer)
        }
    }

    @Test("a call has no more askers than it may; further ones share another one")
    func bounded() async throws {
        try await Self.run(maximumAskers: 2) { (loop, model, ask) async throws in
            let askings = (1...5).map { _ in ask(Self.question()) }
            #expect(try await eventually(on: loop) { model.asked.count == 3 })
            model.outcome = .success(Self.answer)
            var tokens = 0
            for asking in askings { tokens += try await asking.value.end.tokens.total }
            #expect(model.asked.count == 3)
            #expect(tokens == 15)
        }
    }

    @Test("two jobs that are alike each have their result, and the tokens are counted once")
    func jobs() async throws {
        try await onLoop { (loop) async throws in
            let model = PatientModel()
            let pipeline = JobPipeline(
                models: CoalescingModel(on: loop, model), prompts: testPrompts, tokenBudget: 8192)
            let input = JobInput(query: "Посчитай сумму", category: "analysis", data: [["a", 1]])
            let runs = (1...2).map { number in
                let job = ClaimedJob(
                    lease: JobLease(id: jobID(UInt64(number)), token: FencingToken(1)), input: input, attempt: 1,
                    createdAt: .now, client: "client-\(number)")
                return loop.spawn { try await pipeline.run(job, timeLeft: .seconds(30)) }
            }
            #expect(try await eventually(on: loop) { model.asked.count == 1 })
            try await loop.sleep(for: .milliseconds(20))
            model.outcome = .success(Self.answer)
            var outputs: [JobOutput] = []
            for run in runs { outputs.append(try await run.value) }
            #expect(model.asked.count == 1)
            #expect(outputs.allSatisfy { $0.table == [[1]] })
            #expect(outputs.map(\.tokens.total).sorted() == [0, 5])
        }
    }
}
