import Domain
import Testing

@testable import Providers

@Suite("What follows a failed try")
struct CallAttemptsTests {
    private func reaction(to failure: ModelFailure) -> CallAttempts.Action {
        var attempts = CallAttempts(.job, models: 2)
        return attempts.failed(failure, timeLeft: .seconds(60), chance: 0)
    }

    @Test("each class has its own answer, with the same model, the next one or none")
    func classes() {
        for kind in FailureClass.allCases {
            let failure = ModelFailure(kind, "x")
            let expected: CallAttempts.Action =
                switch kind {
                case .rateLimited, .server, .transport, .malformed: .call(0, after: .zero)
                case .auth, .forbidden, .quotaExhausted, .notFound: .call(1, after: .zero)
                case .badRequest, .blocked, .cancelled, .timeout, .invalid, .internal: .giveUp(failure)
                }
            #expect(reaction(to: failure) == expected, "\(kind)")
        }
    }

    @Test("nothing follows once a piece has been handed on")
    func interrupted() {
        var failure = ModelFailure(.server, "x")
        failure.isInterrupted = true
        #expect(reaction(to: failure) == .giveUp(failure))
    }

    @Test("a pause is at least what the provider asks for, and one that is too long goes to the next model")
    func retryAfter() {
        #expect(reaction(to: ModelFailure(.rateLimited, "x", retryAfter: .seconds(1))) == .call(0, after: .seconds(1)))
        #expect(reaction(to: ModelFailure(.rateLimited, "x", retryAfter: .seconds(3))) == .call(1, after: .zero))
    }

    @Test("a pause that does not fit what is left is not begun")
    func budget() {
        let failure = ModelFailure(.rateLimited, "x", retryAfter: .seconds(1))
        var attempts = CallAttempts(.job, models: 1)
        #expect(attempts.failed(failure, timeLeft: .milliseconds(900), chance: 0) == .giveUp(failure))
        var late = CallAttempts(.job, models: 2)
        #expect(late.failed(failure, timeLeft: .zero, chance: 0) == .giveUp(failure))
    }

    @Test("tries with one model are bounded, and pauses double")
    func bounded() {
        let failure = ModelFailure(.server, "x")
        var attempts = CallAttempts(.interactive, models: 2)
        let actions = (1...6).map { _ in attempts.failed(failure, timeLeft: .seconds(60), chance: 1) }
        #expect(
            actions == [
                .call(0, after: .milliseconds(250)), .call(0, after: .milliseconds(500)), .call(1, after: .zero),
                .call(1, after: .milliseconds(250)), .call(1, after: .milliseconds(500)), .giveUp(failure),
            ])
    }

    @Test("an unreadable answer is asked for once more")
    func malformed() {
        let failure = ModelFailure(.malformed, "x")
        var attempts = CallAttempts(.interactive, models: 2)
        #expect(attempts.failed(failure, timeLeft: .seconds(9), chance: 0) == .call(0, after: .zero))
        #expect(attempts.failed(failure, timeLeft: .seconds(9), chance: 0) == .call(1, after: .zero))
    }

    @Test("what passes by itself is reported before what does not, with everything paid")
    func hopeful() {
        var limited = ModelFailure(.rateLimited, "x", retryAfter: .seconds(30))
        limited.tokens = TokenUsage(prompt: 3)
        var refused = ModelFailure(.auth, "y")
        refused.tokens = TokenUsage(prompt: 4)
        var attempts = CallAttempts(.job, models: 2)
        #expect(attempts.failed(limited, timeLeft: .seconds(60), chance: 0) == .call(1, after: .zero))
        guard case .giveUp(let failure) = attempts.failed(refused, timeLeft: .seconds(60), chance: 0) else {
            Issue.record("nobody is left")
            return
        }
        #expect(failure.failureClass == .rateLimited)
        #expect(failure.retryAfter == .seconds(30))
        #expect(failure.tokens == TokenUsage(prompt: 7))
    }
}
