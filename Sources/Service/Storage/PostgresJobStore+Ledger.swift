public import Domain
import JSON
import Postgres
import Telemetry

extension PostgresJobStore: JobLedger {
    /// Takes the row and deletes its outbox entry in one statement; a second one says why when nothing was taken.
    public func claim(_ id: JobID, owner: String, lease: Duration) async throws(StoreError) -> ClaimOutcome {
        let answers = try await database.execute([
            Statements.claim(.text(id.description), .text(owner), .interval(lease)),
            Statements.state(.text(id.description)),
        ])
        if let row = answers[0].first {
            let token = FencingToken(row.integer(0) ?? 0)
            return .claimed(
                ClaimedJob(
                    lease: JobLease(id: id, token: token), input: try row.input(at: 3),
                    attempt: Int(row.integer(1) ?? 0), createdAt: try row.time(2)))
        }
        guard let row = answers[1].first else { return .unknown }
        return .notWaiting(try row.state(0))
    }

    /// Inserts unless the id is known.
    public func adopt(_ id: JobID, _ input: JobInput, from position: QueuePosition) async throws(StoreError) {
        let place: [PostgresValue] = [.integer(Int64(position.partition)), .integer(position.offset)]
        _ = try await database.execute(Statements.adopt(input.parameters(id, client: "kafka") + place))
    }

    /// One statement for all holds.
    public func renew(_ leases: [JobLease], lease: Duration) async throws(StoreError) -> Set<JobLease> {
        guard !leases.isEmpty else { return [] }
        let rows = try await database.execute(
            Statements.renew(.array(leases.map(\.id)), .array(leases.map(\.token.value)), .interval(lease)))
        let kept = rows.map { row in
            row.string(0).flatMap { JobID($0) }.map { JobLease(id: $0, token: FencingToken(row.integer(1) ?? 0)) }
        }
        return Set(kept.compactMap(\.self))
    }

    /// Stores the end and the response's outbox entry, if the hold is still ours.
    public func finish(_ lease: JobLease, _ end: JobEnd) async throws(StoreError) -> Bool {
        let hold: [PostgresValue] = [.text(lease.id.description), .integer(lease.token.value)]
        switch end {
        case .completed(let output):
            let rows = try await database.execute(Statements.complete(hold + output.parameters))
            return rows.count > 0
        case .failed(let failure):
            let reason: [PostgresValue] = [
                .text(failure.failureClass.rawValue), .text(failure.message), .bool(failure.isRetryable),
            ]
            let rows = try await database.execute(Statements.fail(hold + reason))
            return rows.count > 0
        }
    }

    /// Makes the jobs wait again.
    public func handBack(_ leases: [JobLease]) async throws(StoreError) {
        guard !leases.isEmpty else { return }
        _ = try await database.execute(
            Statements.handBack(.array(leases.map(\.id)), .array(leases.map(\.token.value))))
    }

    /// Makes lost jobs wait again, or fail when they were lost too often.
    public func recoverLost(limit: Int) async throws(StoreError) -> RecoveredJobs {
        let failure = JobFailure.lostTooOften
        let rows = try await database.execute(
            Statements.recoverLost(
                .integer(limit), .integer(JobFailure.lossesUntilFailure), .text(failure.failureClass.rawValue),
                .text(failure.message)))
        return RecoveredJobs(requeued: Int(rows[0].integer(0) ?? 0), failed: Int(rows[0].integer(1) ?? 0))
    }
}

extension JobOutput {
    /// `$3`…`$11` of the completing statement.
    fileprivate var parameters: [PostgresValue] {
        [
            table.map { .utf8($0.serialized()) } ?? .null, .optional(message), .optional(outputRange),
            .text(category), .integer(tokens.prompt), .integer(tokens.completion), .integer(tokens.precached),
            .text(model), .text(provider),
        ]
    }
}

extension PostgresValue {
    /// A length of time as PostgreSQL reads it.
    static func interval(_ duration: Duration) -> PostgresValue {
        let (seconds, attoseconds) = duration.components
        return .text("\(seconds * 1_000_000 + attoseconds / 1_000_000_000_000) microseconds")
    }
}
