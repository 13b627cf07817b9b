public import Domain
import Postgres

extension PostgresJobStore: JobDesk {
    /// Walks the index by creation, and no further than it is told.
    public func list(_ filter: JobFilter) async throws(StoreError) -> [JobRecord] {
        let rows = try await database.execute(
            DeskStatements.list(
                .optional(filter.state?.rawValue), .optional(filter.client), .integer(filter.limit),
                .optional(filter.before?.description), .integer(filter.examined)))
        var records: [JobRecord] = []
        for index in 0..<rows.count { records.append(try rows[index].record()) }
        return records
    }

    /// One row by primary key.
    public func record(of id: JobID) async throws(StoreError) -> JobRecord? {
        let rows = try await database.execute(DeskStatements.record(.text(id.description)))
        return try rows.first.map { row throws(StoreError) in try row.record() }
    }

    /// By the index of jobs' calls.
    public func calls(of id: JobID, limit: Int) async throws(StoreError) -> [ModelCall] {
        let rows = try await database.execute(ModelCallStatements.ofJob(.text(id.description), .integer(limit)))
        var calls: [ModelCall] = []
        for index in 0..<rows.count { calls.append(try rows[index].modelCall()) }
        return calls
    }

    /// One transaction: the job, the outbox, the standing.
    public func requeue(_ id: JobID) async throws(StoreError) -> Requeueing {
        let key = PostgresValue.text(id.description)
        let answers = try await database.execute([
            DeskStatements.requeue(key), DeskStatements.forgetResponse(key), Statements.states(.uuids([id.halves])),
        ])
        guard let row = answers[2].first else { return .unknown }
        return answers[0].count > 0 ? .queued : .refused(try row.state(1))
    }
}

extension PostgresJobStore {
    /// Six statements in one transaction, over the indexes of waiting, held and ended jobs.
    public func overview(
        steps: Int, of step: Duration, examined: Int
    ) async throws(StoreError) -> ServiceOverview {
        let (limit, span) = (PostgresValue.integer(examined), PostgresValue.interval(step * steps))
        let answers = try await database.execute([
            OverviewStatements.waiting(limit), OverviewStatements.oldest(limit), OverviewStatements.workers(),
            OverviewStatements.capacities(), OverviewStatements.steps(span, limit, .interval(step)),
            OverviewStatements.failures(span, limit),
        ])
        var overview = ServiceOverview()
        overview.waiting = answers[0].map { row in
            ServiceOverview.Waiting(client: row.string(0) ?? "", category: row.string(1), jobs: row.count(2))
        }
        if let row = answers[1].first, let id = row.string(8).flatMap({ JobID($0) }) {
            overview.oldest = try row.status(of: id)
        }
        overview.workers = answers[2].map { row in
            ServiceOverview.Worker(owner: row.string(0) ?? "", slots: row.count(1), jobs: row.count(2))
        }
        overview.capacities = answers[3].map { row in
            ServiceOverview.Capacity(resource: row.string(0) ?? "", slots: row.count(1), demand: row.count(2))
        }
        overview.steps = answers[4].map { $0.step() }
        overview.failures = answers[5].map { row in
            ServiceOverview.Failures(
                failureClass: row.string(0).flatMap(FailureClass.init(rawValue:)) ?? .internal, jobs: row.count(1))
        }
        return overview
    }
}

extension PostgresRow {
    fileprivate func count(_ column: Int) -> Int { Int(integer(column) ?? 0) }

    /// The columns of `OverviewStatements.steps`.
    fileprivate func step() -> ServiceOverview.Step {
        ServiceOverview.Step(
            age: count(0), completed: count(1), failed: count(2), cancelled: count(3), medianSeconds: double(4),
            p95Seconds: double(5), waitSeconds: double(6))
    }

    /// The columns of `DeskStatements`.
    fileprivate func record() throws(StoreError) -> JobRecord {
        guard let id = string(8).flatMap({ JobID($0) }) else { throw .rejected("a job without an id") }
        return JobRecord(
            status: try status(of: id), client: string(9) ?? "", input: try input(at: 14),
            dataBytes: integer(12).map(Int.init), worker: string(10), losses: Int(integer(11) ?? 0),
            result: try result(at: 21).result, resultBytes: integer(13).map(Int.init))
    }
}
