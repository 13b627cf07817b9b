import Domain
import Testing

@testable import Worker

@Suite("A model's failure as a job's")
struct ModelFailureTests {
    @Test("every class keeps its name and gets a sentence of its own, without the provider's words")
    func classes() {
        let failures = FailureClass.allCases.map { kind in
            JobFailure(ModelFailure(kind, "upstream words", retryAfter: .seconds(3)))
        }
        #expect(failures.map(\.failureClass) == FailureClass.allCases)
        #expect(Set(failures.map(\.message)).count == failures.count)
        #expect(failures.allSatisfy { !$0.message.contains("upstream") && $0.retryAfter == .seconds(3) })
    }

    @Test("a limit of our own is told as one, however it was met", arguments: [FailureClass.timeout, .rateLimited])
    func localLimit(kind: FailureClass) {
        let failure = JobFailure(ModelFailure(kind, "no slot", localWait: .seconds(3)))
        #expect(failure.isLocalLimit && failure.isRetryable && failure.localWait == .seconds(3))
        #expect(failure.failureClass == .rateLimited)
        #expect(!JobFailure(ModelFailure(kind, "x")).isLocalLimit)
    }

    @Test("what may pass by itself can be tried again")
    func retryable() {
        let retryable = FailureClass.allCases.filter { JobFailure(ModelFailure($0, "x")).isRetryable }
        #expect(Set(retryable) == [.rateLimited, .server, .transport, .timeout, .malformed])
    }
}
