/// The operators' side of the store.
public protocol JobDesk: Sendable {
    /// The jobs that `filter` asks for, youngest first.
    func list(_ filter: JobFilter) async throws(StoreError) -> [JobRecord]

    /// All about one job; nil when there is none of that id.
    func record(of id: JobID) async throws(StoreError) -> JobRecord?

    /// The calls of models that were made for a job, the first one first, up to `limit`. What has just ended may be
    /// missing: records are stored a moment later.
    func calls(of id: JobID, limit: Int) async throws(StoreError) -> [ModelCall]

    /// Puts a failed or cancelled job back into the queue, with no attempts and no losses. Its end is forgotten, and so
    /// is the news of it that was not sent yet.
    func requeue(_ id: JobID) async throws(StoreError) -> Requeueing

    /// What waits, what runs, and what ended within the last `steps` steps of `step` each. At most `examined` waiting
    /// and as many ended jobs are looked at, the youngest ends first.
    func overview(steps: Int, of step: Duration, examined: Int) async throws(StoreError) -> ServiceOverview
}
