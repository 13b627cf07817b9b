import Domain
import EventLoop
import Postgres

/// What one loop has of the database: its connections, and the groups in which its tasks store. Confined to the loop.
final class LoopDatabase {
    let client: MeasuredClient
    let newJobs: GroupCommit<NewJob, Void>
    let ends: GroupCommit<HeldEnd, Bool>
    /// While a batch is on its way to the disk, what comes waits for it or for so many: a statement and a commit have a
    /// fixed cost.
    private static let newJobsBeside = 16
    /// Nobody waits for the commit of an end as a client does for that of a job, and two statements that store ends
    /// beside each other wait for the same pages: a few at a time are not worth it.
    private static let endsBeside = 64

    /// Must be made on the client's loop. What is stored goes on to `fresh` as well, where there is one.
    init(_ client: PostgresClient, _ metrics: DatabaseMetrics, _ fresh: FreshEntries?) {
        let client = MeasuredClient(client, metrics)
        self.client = client
        newJobs = GroupCommit(on: client.loop, GroupLimits(itemsBeside: Self.newJobsBeside)) {
            jobs throws(StoreError) in
            try await PostgresJobStore.insert(jobs, on: client, fresh)
        }
        ends = GroupCommit(on: client.loop, GroupLimits(itemsBeside: Self.endsBeside)) { ends throws(StoreError) in
            try await PostgresJobStore.finish(ends, on: client, fresh)
        }
    }
}
