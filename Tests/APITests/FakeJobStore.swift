import Domain
import EventLoop
import Telemetry

/// A store in memory that a test can look into, change from behind, and break.
final class FakeJobStore: JobStore, Sendable {
    struct Job: Sendable {
        var input: JobInput
        var client: String
        var status: JobStatus
        var result: JobResult
    }

    private struct KeyHolder: Sendable {
        var fingerprint: [UInt8]
        var id: JobID

        func answer(to key: IdempotencyKey) -> Submission {
            fingerprint == key.fingerprint ? .repeated(id) : .keyReused
        }
    }

    private struct State: Sendable {
        var jobs: [JobID: Job] = [:]
        var keys: [String: KeyHolder] = [:]
        var failure: StoreError?
        var submitsInDoubt: Bool?
        var isAwayAfterDoubt = false
    }

    private let state = Lock(State())

    // MARK: For tests

    /// From now on every call fails like this; nil mends it.
    func fail(with error: StoreError?) {
        state.withLock { $0.failure = error }
    }

    /// The next submission breaks the connection, after the commit (`true`) or before it (`false`). Everything fails
    /// from then on if the store is to be away.
    func breakSubmission(afterCommit: Bool, thenAway isAway: Bool = false) {
        state.withLock { state in
            state.submitsInDoubt = afterCommit
            state.isAwayAfterDoubt = isAway
        }
    }

    var jobs: [JobID: Job] { state.withLock { $0.jobs } }

    /// Puts a job in place as a worker would have left it.
    func put(_ status: JobStatus, _ result: JobResult? = nil) {
        let job = Job(
            input: JobInput(query: "q"), client: "test", status: status, result: result ?? .unfinished(status.state))
        state.withLock { $0.jobs[status.id] = job }
    }

    /// Moves a job on.
    func update(_ id: JobID, to newState: JobState, _ result: JobResult? = nil) {
        state.withLock { state in
            state.jobs[id]?.status.state = newState
            state.jobs[id]?.result = result ?? .unfinished(newState)
        }
    }

    /// Ends every job that is there.
    func finishAll(_ output: JobOutput) {
        for id in jobs.keys { update(id, to: .completed, .completed(output, processingSeconds: 0.25)) }
    }

    // MARK: The port

    func submit(
        _ id: JobID, _ input: JobInput, client: String, key: IdempotencyKey?
    ) async throws(StoreError) -> Submission {
        try check()
        guard let isKept = state.withLock({ $0.submitsInDoubt.take() }) else { return keep(id, input, client, key) }
        if isKept { _ = keep(id, input, client, key) }
        state.withLock { if $0.isAwayAfterDoubt { $0.failure = .unavailable("away") } }
        throw .inDoubt("the connection broke")
    }

    func earlierSubmission(with key: IdempotencyKey) async throws(StoreError) -> Submission? {
        try check()
        return state.withLock { $0.keys[Self.name(key)].map { $0.answer(to: key) } }
    }

    private func keep(_ id: JobID, _ input: JobInput, _ client: String, _ key: IdempotencyKey?) -> Submission {
        state.withLock { state in
            if let key {
                if let known = state.keys[Self.name(key)] { return known.answer(to: key) }
                state.keys[Self.name(key)] = KeyHolder(fingerprint: key.fingerprint, id: id)
            }
            let status = JobStatus(id: id, state: .queued, attempts: 0, createdAt: .now)
            state.jobs[id] = Job(input: input, client: client, status: status, result: .unfinished(.queued))
            return .accepted(id)
        }
    }

    func status(of id: JobID, for viewer: JobViewer) async throws(StoreError) -> JobStatus? {
        try check()
        return job(id, for: viewer)?.status
    }

    func cancel(_ id: JobID) async throws(StoreError) -> Cancellation? {
        try check()
        let isNew = jobs[id].map { !$0.status.state.isFinal } ?? false
        if isNew { update(id, to: .cancelled, .cancelled) }
        return jobs[id].map { Cancellation(status: $0.status, isNew: isNew) }
    }

    func result(of id: JobID, for viewer: JobViewer) async throws(StoreError) -> JobResult? {
        try check()
        return job(id, for: viewer)?.result
    }

    func states(of ids: [JobID]) async throws(StoreError) -> [JobID: JobState] {
        try check()
        let wanted = Set(ids)
        return jobs.filter { wanted.contains($0.key) }.mapValues(\.status.state)
    }

    func ping() async throws(StoreError) {
        try check()
    }

    func load(countingTo limit: Int) async throws(StoreError) -> JobLoad {
        try check()
        let states = jobs.values.map(\.status.state)
        return JobLoad(queued: states.count { $0 == .queued }, processing: states.count { $0 == .processing })
    }

    private static func name(_ key: IdempotencyKey) -> String {
        key.client + "\n" + key.key
    }

    private func job(_ id: JobID, for viewer: JobViewer) -> Job? {
        jobs[id].flatMap { viewer.sees(jobsOf: $0.client) ? $0 : nil }
    }

    private func check() throws(StoreError) {
        if let failure = state.withLock({ $0.failure }) { throw failure }
    }
}
