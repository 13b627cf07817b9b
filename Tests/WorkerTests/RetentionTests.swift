import Domain
import EventLoop
import TestSupport
import Testing
import Worker

@Suite("Retention")
struct RetentionTests {
    /// An archive that has so many old jobs and keys, and fails as often as told.
    private final class MemoryArchive: JobArchive, Sendable {
        struct State: Sendable {
            var jobs = 0
            var keys = 0
            var calls = 0
            var failures = 0
            var batches: [Int] = []
            var ages: Set<Duration> = []
        }

        let state: Lock<State>

        init(jobs: Int, keys: Int, calls: Int = 0, failures: Int = 0) {
            state = Lock(State(jobs: jobs, keys: keys, calls: calls, failures: failures))
        }

        func deleteEnded(longerAgoThan age: Duration, limit: Int) async throws(StoreError) -> Int {
            let deleted: Int? = state.withLock { state in
                state.ages.insert(age)
                guard state.failures == 0 else {
                    state.failures -= 1
                    return nil
                }
                let count = min(limit, state.jobs)
                state.jobs -= count
                state.batches.append(count)
                return count
            }
            guard let deleted else { throw .unavailable("away") }
            return deleted
        }

        func deleteCalls(longerAgoThan age: Duration, limit: Int) async throws(StoreError) -> Int {
            state.withLock { state in
                state.ages.insert(age)
                let count = min(limit, state.calls)
                state.calls -= count
                return count
            }
        }

        func deleteExpiredKeys(limit: Int) async throws(StoreError) -> Int {
            state.withLock { state in
                let count = min(limit, state.keys)
                state.keys -= count
                return count
            }
        }
    }

    /// Statistics with so many stretches to be added up.
    private final class MemoryStatistics: JobStatistics, Sendable {
        let pending: Lock<Int>

        init(pending: Int) {
            self.pending = Lock(pending)
        }

        func addUpNext() async throws(StoreError) -> Bool {
            pending.withLock { pending in
                guard pending > 0 else { return false }
                pending -= 1
                return true
            }
        }

        func report(over period: StatisticsPeriod) async throws(StoreError) -> PeriodReport {
            throw .unavailable("nobody asks here")
        }

        func backlog(upTo limit: Int) async throws(StoreError) -> JobBacklog {
            throw .unavailable("nobody asks here")
        }
    }

    private func run(
        _ archive: MemoryArchive, _ statistics: MemoryStatistics = MemoryStatistics(pending: 0),
        until isDone: @escaping @Sendable (MemoryArchive.State) -> Bool
    ) async throws {
        try await onLoop { loop in
            let retention = Retention(
                archive: archive, statistics: statistics, age: .seconds(7), interval: .milliseconds(1),
                breath: .milliseconds(1),
                logger: try quietLogger())
            let running = loop.spawn { await retention.run(on: loop) }
            #expect(try await eventually(on: loop) { archive.state.withLock { isDone($0) } })
            running.cancel()
            _ = await running.result
        }
    }

    @Test("what is old is deleted batch by batch until nothing is left, jobs, keys and calls alike")
    func batches() async throws {
        let archive = MemoryArchive(jobs: 1_200, keys: 700, calls: 600)
        try await run(archive) { $0.jobs + $0.keys + $0.calls == 0 }
        #expect(archive.state.withLock { Array($0.batches.prefix(3)) } == [500, 500, 200])
        #expect(archive.state.withLock { $0.ages } == [.seconds(7)])
    }

    @Test("what is over is added up before anything is deleted")
    func addsUp() async throws {
        let (archive, statistics) = (MemoryArchive(jobs: 10, keys: 0), MemoryStatistics(pending: 5))
        try await run(archive, statistics) { state in
            if state.jobs == 0 { #expect(statistics.pending.withLock { $0 } == 0) }
            return state.jobs == 0
        }
    }

    @Test("a database that is away is asked again in the next round")
    func outage() async throws {
        let archive = MemoryArchive(jobs: 10, keys: 0, failures: 2)
        try await run(archive) { $0.jobs == 0 }
    }
}
