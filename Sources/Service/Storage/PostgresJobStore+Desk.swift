public import Domain
import Postgres

extension PostgresJobStore: JobDesk {
    /// Walks the index by creation.
    public func list(_ filter: JobFilter) async throws(StoreError) -> [JobRecord] {
        let rows = try await database.execute(
            DeskStatements.list(.optional(filter.state?.rawValue), .optional(filter.client), .integer(filter.limit)))
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
            DeskStatements.requeue(key), DeskStatements.forgetResponse(key), Statements.states(.array([id])),
        ])
        guard let row = answers[2].first else { return .unknown }
        return answers[0].count > 0 ? .queued : .refused(try row.state(1))
    }
}

extension PostgresRow {
    /// The columns of `DeskStatements`.
    fileprivate func record() throws(StoreError) -> JobRecord {
        guard let id = string(8).flatMap({ JobID($0) }) else { throw .rejected("a job without an id") }
        return JobRecord(
            status: try status(of: id), client: string(9) ?? "", input: try input(at: 14),
            dataBytes: integer(12).map(Int.init), worker: string(10), losses: Int(integer(11) ?? 0),
            result: try result(at: 21).result, resultBytes: integer(13).map(Int.init))
    }
}
