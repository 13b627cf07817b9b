/// The durable truth about jobs. Every method may be called from any task; the adapter finds its connection.
public protocol JobStore: Sendable {
    /// Makes a job durable together with its outbox entry. Returns after the commit.
    func submit(_ id: JobID, _ input: JobInput, client: String, key: IdempotencyKey?)
        async throws(StoreError) -> Submission

    /// What a submission with this key would be answered without making a job; nil when it would make one.
    func earlierSubmission(with key: IdempotencyKey) async throws(StoreError) -> Submission?

    /// The job's standing; nil when there is none of that id, or none that `viewer` may see.
    func status(of id: JobID, for viewer: JobViewer) async throws(StoreError) -> JobStatus?

    /// Ends the job as cancelled unless it has ended already, and tells where it stands then; nil when there is none of
    /// that id. A worker that holds the job loses it. Doing it twice is doing it once.
    func cancel(_ id: JobID) async throws(StoreError) -> Cancellation?

    /// What has come of the job; nil when there is none of that id, or none that `viewer` may see.
    func result(of id: JobID, for viewer: JobViewer) async throws(StoreError) -> JobResult?

    /// The present states of `ids`; unknown ones are missing. For waiting on many jobs with one query.
    func states(of ids: [JobID]) async throws(StoreError) -> [JobID: JobState]

    /// Asks the database for nothing, to see whether it answers.
    func ping() async throws(StoreError)

    /// Counts of waiting and running jobs; of the waiting ones at most `limit` are counted.
    func load(countingTo limit: Int) async throws(StoreError) -> JobLoad
}

extension JobStore {
    /// The job's standing, whoever has submitted it.
    public func status(of id: JobID) async throws(StoreError) -> JobStatus? {
        try await status(of: id, for: .administrator)
    }

    /// What has come of the job, whoever has submitted it.
    public func result(of id: JobID) async throws(StoreError) -> JobResult? {
        try await result(of: id, for: .administrator)
    }
}
