import Domain
import EventLoop
import Postgres

/// What one loop has of the database: its connections, and the groups in which its tasks store. Confined to the loop.
final class LoopDatabase {
    let client: MeasuredClient
    let newJobs: GroupCommit<NewJob, Void>
    let ends: GroupCommit<HeldEnd, Bool>

    /// Must be made on the client's loop. What is stored goes on to `fresh` as well, where there is one.
    init(_ client: PostgresClient, _ metrics: DatabaseMetrics, _ fresh: FreshEntries?) {
        let client = MeasuredClient(client, metrics)
        self.client = client
        newJobs = GroupCommit(on: client.loop) { jobs throws(StoreError) in
            try await PostgresJobStore.insert(jobs, on: client, fresh)
        }
        ends = GroupCommit(on: client.loop) { ends throws(StoreError) in
            try await PostgresJobStore.finish(ends, on: client, fresh)
        }
    }
}
