import Domain
import Testing

@Suite("Retry policy")
struct RetryPolicyTests {
    private let policy = RetryPolicy()
    private let limit = Duration.seconds(300)

    private func retry(
        _ failure: JobFailure, attempt: Int = 1, spent: Duration = .seconds(1), chance: Double = 1
    ) -> ScheduledRetry? {
        policy.retry(after: failure, attempt: attempt, timeSpent: spent, limit: limit, chance: chance)
    }

    private func passing(_ kind: JobFailure.Class = .server, retryAfter: Duration? = nil) -> JobFailure {
        JobFailure(kind, "x", isRetryable: true, retryAfter: retryAfter)
    }

    @Test("only failures that pass by themselves are followed by another try", arguments: JobFailure.Class.allCases)
    func classes(kind: JobFailure.Class) {
        let passes = [.rateLimited, .server, .transport].contains(kind)
        #expect((retry(passing(kind)) != nil) == passes)
        #expect(retry(JobFailure(kind, "the answer had begun", isRetryable: false)) == nil)
    }

    @Test("after the first try and three more a job has failed")
    func attempts() {
        #expect((1...5).map { retry(passing(), attempt: $0) != nil } == [true, true, true, false, false])
        var none = RetryPolicy()
        none.maximumRetries = 0
        #expect(none.retry(after: passing(), attempt: 1, timeSpent: .zero, limit: limit, chance: 0) == nil)
    }

    @Test("pauses are taken at random below a bound that doubles and has an end")
    func pauses() {
        var policy = policy
        policy.maximumRetries = 100
        let bounds = (1...8).map {
            policy.retry(after: passing(), attempt: $0, timeSpent: .zero, limit: .seconds(9_999), chance: 1)?.pause
        }
        #expect(bounds == [1, 2, 4, 8, 16, 32, 60, 60].map { .seconds($0) })
        #expect(retry(passing(), chance: 0)?.pause == .zero)
        #expect(retry(passing(), attempt: 3, chance: 0.5)?.pause == .seconds(2))
        let late = policy.retry(after: passing(), attempt: 90, timeSpent: .zero, limit: .seconds(9_999), chance: 1)
        #expect(late?.pause == .seconds(60))
    }

    @Test("a pause is never shorter than the service asks for")
    func retryAfter() {
        #expect(retry(passing(.rateLimited, retryAfter: .seconds(7)))?.pause == .seconds(7))
        #expect(retry(passing(.rateLimited, retryAfter: .seconds(2)), attempt: 3)?.pause == .seconds(4))
    }

    @Test("tries and pauses together stay within the time for one job")
    func budget() {
        #expect(retry(passing(), spent: .seconds(10))?.timeSpent == .seconds(11))
        #expect(retry(passing(), spent: .seconds(298)) != nil)
        #expect(retry(passing(), spent: .seconds(299)) == nil)
        #expect(retry(passing(.rateLimited, retryAfter: .seconds(99_999))) == nil)
    }

    @Test("waiting for a limit of our own is no attempt and its pause no time spent, but never a spin")
    func localLimit() {
        let busy = JobFailure(.rateLimited, "x", retryAfter: .seconds(30), isLocalLimit: true)
        let waiting = retry(busy, attempt: 50, spent: .seconds(5))
        #expect(waiting == ScheduledRetry(after: busy, pause: .seconds(30), timeSpent: .seconds(5)))
        let eager = JobFailure(.rateLimited, "x", isLocalLimit: true)
        #expect(retry(eager)?.pause == policy.shortestLocalPause)
        let late = JobFailure(.rateLimited, "x", isLocalLimit: true, localWait: .seconds(50))
        let again = policy.retry(after: late, attempt: 9, timeSpent: .seconds(310), limit: .seconds(300), chance: 1)
        #expect(again?.timeSpent == .seconds(260))
        #expect(retry(eager, spent: limit) == nil)
    }
}
