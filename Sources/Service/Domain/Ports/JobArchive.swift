/// What is kept of the past. Any number of processes may prune at a time; none waits for another.
public protocol JobArchive: Sendable {
    /// Deletes up to `limit` jobs that ended longer than `age` ago, with their feedback, oldest first. Returns how many
    /// there were; fewer than `limit` means that there are no more. Jobs that have not ended are never touched.
    func deleteEnded(longerAgoThan age: Duration, limit: Int) async throws(StoreError) -> Int

    /// Deletes up to `limit` idempotency keys that are older than their time. Returns how many there were.
    func deleteExpiredKeys(limit: Int) async throws(StoreError) -> Int

    /// Deletes up to `limit` records of model calls that began longer than `age` ago, oldest first. Returns how many
    /// there were.
    func deleteCalls(longerAgoThan age: Duration, limit: Int) async throws(StoreError) -> Int
}
