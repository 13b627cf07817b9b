public import Domain
import Postgres

extension PostgresJobStore: JobArchive {
    /// One statement, which passes over what another process is deleting.
    public func deleteEnded(longerAgoThan age: Duration, limit: Int) async throws(StoreError) -> Int {
        let rows = try await database.execute(RetentionStatements.deleteEnded(.interval(age), .integer(limit)))
        return Int(rows[0].integer(0) ?? 0)
    }

    /// One statement, which passes over what another process is deleting.
    public func deleteExpiredKeys(limit: Int) async throws(StoreError) -> Int {
        let rows = try await database.execute(RetentionStatements.deleteExpiredKeys(.integer(limit)))
        return Int(rows[0].integer(0) ?? 0)
    }

    /// One statement, which passes over what another process is deleting.
    public func deleteCalls(longerAgoThan age: Duration, limit: Int) async throws(StoreError) -> Int {
        let rows = try await database.execute(ModelCallStatements.deleteOld(.interval(age), .integer(limit)))
        return Int(rows[0].integer(0) ?? 0)
    }
}
