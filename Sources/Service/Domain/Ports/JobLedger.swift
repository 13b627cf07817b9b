public import JSON

/// The worker's side of the store: who holds which job, and what came of it.
public protocol JobLedger: Sendable {
    /// Takes those of the jobs that wait, for `owner` until `lease` from now. One outcome for each id.
    func claim(_ ids: [JobID], owner: String, lease: Duration) async throws(StoreError) -> [JobID: ClaimOutcome]

    /// The data of a job, as large as they may be; nil when there are none, or no such job.
    func data(of id: JobID) async throws(StoreError) -> JSONText?

    /// Makes jobs durable that came over the queue without a row, ready to be claimed: all of them or, when it
    /// throws, none. Leaves those alone whose id is known already.
    func adopt(_ jobs: [AdoptedJob]) async throws(StoreError)

    /// Says that the worker `owner` lives and runs up to `slots` jobs at a time. It counts for ten seconds.
    func announce(_ owner: String, slots: Int) async throws(StoreError)

    /// Extends the holds by `lease` from now and returns those that are still ours.
    func renew(_ leases: [JobLease], lease: Duration) async throws(StoreError) -> Set<JobLease>

    /// Those of `leases` that are no longer ours, with where their jobs stand now: cancelled, or with another worker.
    /// Cheap enough to be asked several times a second.
    func endedHolds(among leases: [JobLease]) async throws(StoreError) -> [JobLease: JobState]

    /// Stores an end under its hold, together with the outbox entry for the response. False when the hold is no
    /// longer ours; nothing was stored then.
    func finish(_ lease: JobLease, _ end: JobEnd) async throws(StoreError) -> Bool

    /// Puts a held job back into the queue, to be tried again after a pause; its failure stays to be seen. Only a limit
    /// of our own makes the try not count. False when the hold is no longer ours; nothing was stored then.
    func retryLater(_ lease: JobLease, _ retry: ScheduledRetry) async throws(StoreError) -> Bool

    /// Gives held jobs back to the queue; the start does not count as an attempt.
    func handBack(_ leases: [JobLease]) async throws(StoreError)

    /// Puts up to `limit` jobs whose hold has run out back into the queue; the lost start does not count as an
    /// attempt. A job that was lost `JobFailure.lossesUntilFailure` times fails instead: it may be what kills the
    /// workers.
    func recoverLost(limit: Int) async throws(StoreError) -> RecoveredJobs
}
