public import Domain
public import JSON
import Postgres
import Telemetry

extension PostgresJobStore: JobLedger {
    /// Takes the rows and deletes their outbox entries in one statement; only when some were not taken, a second one
    /// says why.
    public func claim(
        _ ids: [JobID], owner: String, lease: Duration
    ) async throws(StoreError) -> [JobID: ClaimOutcome] {
        let rows = try await database.execute(
            Statements.claim(
                .uuids(ids.map(\.halves)), .text(owner), .interval(lease), .integer(ClaimedJob.largestDataAtHand)))
        var outcomes: [JobID: ClaimOutcome] = [:]
        for index in 0..<rows.count {
            guard let (id, outcome) = rows[index].claim() else { continue }
            outcomes[id] = outcome
        }
        let missing = ids.filter { outcomes[$0] == nil }
        guard !missing.isEmpty else { return outcomes }
        let states = try await states(of: missing)
        for id in missing { outcomes[id] = states[id].map(ClaimOutcome.notWaiting) ?? .unknown }
        return outcomes
    }

    /// One row by primary key.
    public func data(of id: JobID) async throws(StoreError) -> JSONText? {
        let rows = try await database.execute(Statements.data(.text(id.description)))
        return try rows.first?.data(0)
    }

    /// One transaction. In the order of their ids, so that two workers that adopt the same jobs wait for each other
    /// on the same row.
    public func adopt(_ jobs: [AdoptedJob]) async throws(StoreError) {
        let ordered = jobs.map { (key: $0.ticket.id.description, job: $0) }.sorted { $0.key < $1.key }
        guard !ordered.isEmpty else { return }
        let queries = ordered.map { _, job in
            Statements.adopt(
                NewJob(job.ticket.id, job.input, client: job.ticket.client).parameters
                    + [
                        .integer(Int64(job.position.partition)), .integer(job.position.offset),
                        job.userID.map { .integer(Int64($0)) } ?? .null,
                    ])
        }
        _ = try await database.execute(queries)
    }

    /// One row a worker; those that are long gone are swept up.
    public func announce(_ owner: String, slots: Int) async throws(StoreError) {
        _ = try await database.execute(ForecastStatements.announce(.text(owner), .integer(slots)))
    }

    /// One statement for all holds. It need not be on disk: should PostgreSQL crash within the moment until it is, the
    /// holds end as if this one heartbeat had been missed, and there is time for another before the lease runs out.
    public func renew(_ leases: [JobLease], lease: Duration) async throws(StoreError) -> Set<JobLease> {
        guard !leases.isEmpty else { return [] }
        let rows = try await database.execute([
            OutboxStatements.doNotWaitForDisk(),
            Statements.renew(.uuids(leases.map(\.id.halves)), .bigints(leases.map(\.token.value)), .interval(lease)),
        ])[1]
        let kept = rows.map { row in
            row.string(0).flatMap { JobID($0) }.map { JobLease(id: $0, token: FencingToken(row.integer(1) ?? 0)) }
        }
        return Set(kept.compactMap(\.self))
    }

    /// One query by primary key.
    public func endedHolds(among leases: [JobLease]) async throws(StoreError) -> [JobLease: JobState] {
        guard !leases.isEmpty else { return [:] }
        let rows = try await database.execute(
            ControlStatements.endedHolds(.uuids(leases.map(\.id.halves)), .bigints(leases.map(\.token.value))))
        var ended: [JobLease: JobState] = [:]
        for index in 0..<rows.count {
            guard let id = rows[index].string(0).flatMap({ JobID($0) }) else { continue }
            ended[JobLease(id: id, token: FencingToken(rows[index].integer(1) ?? 0))] = try rows[index].state(2)
        }
        return ended
    }

    /// Stores the end and the response's outbox entry, if the hold is still ours, together with other tasks' ends.
    public func finish(_ lease: JobLease, _ end: JobEnd) async throws(StoreError) -> Bool {
        let held = HeldEnd(lease, end)
        return try await database.current.ends.store(held, bytes: held.bytes)
    }

    /// All ends in one statement; says of each whether it was stored.
    static func finish(
        _ ends: [HeldEnd], on client: MeasuredClient, _ fresh: FreshEntries?
    ) async throws(StoreError) -> [Bool] {
        let order = ends.indices.sorted { ends[$0].lease.id.halves < ends[$1].lease.id.halves }
        let ordered = order.map { ends[$0] }
        return try await fresh.handingOver(ordered) { hidingTime throws(StoreError) in
            let rows = try await client.run([Statements.finish(ordered.parameters + [hidingTime])])[0]
            var isStored = Array(repeating: false, count: ends.count)
            for index in 0..<rows.count {
                guard let place = rows[index].integer(0) else { continue }
                isStored[order[Int(place) - 1]] = true
            }
            return (isStored, rows)
        }
    }

    /// Makes the job wait, with its request's entry hidden until it is due.
    public func retryLater(_ lease: JobLease, _ retry: ScheduledRetry) async throws(StoreError) -> Bool {
        let rows = try await database.execute(
            ControlStatements.retryLater(
                .text(lease.id.description), .integer(lease.token.value), .interval(retry.pause),
                .integer(retry.failure.isLocalLimit ? 1 : 0), .interval(retry.timeSpent),
                .text(retry.failure.failureClass.rawValue), .text(retry.failure.message),
                .integer(retry.failure.tokens.prompt), .integer(retry.failure.tokens.completion),
                .integer(retry.failure.tokens.precached)))
        return rows.count > 0
    }

    /// Makes the jobs wait again.
    public func handBack(_ leases: [JobLease]) async throws(StoreError) {
        guard !leases.isEmpty else { return }
        _ = try await database.execute(
            Statements.handBack(.uuids(leases.map(\.id.halves)), .bigints(leases.map(\.token.value))))
    }

    /// Makes lost jobs wait again, or fail when they were lost too often.
    public func recoverLost(limit: Int) async throws(StoreError) -> RecoveredJobs {
        let failure = JobFailure.lostTooOften
        let rows = try await database.execute(
            Statements.recoverLost(
                .integer(limit), .integer(JobFailure.lossesUntilFailure), .text(failure.failureClass.rawValue),
                .text(failure.message)))
        let jobs = rows.map { row in row.bool(1) == true ? row.string(0).flatMap { JobID($0) } : nil }
        return RecoveredJobs(requeued: jobs.compactMap(\.self), failed: jobs.count { $0 == nil })
    }
}

extension PostgresRow {
    /// A row of `Statements.claim`. What cannot be read of one job must not keep the others from being done.
    fileprivate func claim() -> (JobID, ClaimOutcome)? {
        guard let id = string(0).flatMap({ JobID($0) }) else { return nil }
        let lease = JobLease(id: id, token: FencingToken(integer(1) ?? 0))
        do throws(StoreError) {
            var input = try input(at: 4)
            input.trace = trace(13)
            let job = ClaimedJob(
                lease: lease, input: input, attempt: Int(integer(2) ?? 0), createdAt: try time(3),
                timeSpent: .microseconds(integer(11) ?? 0), client: string(12) ?? "",
                dataBytesLeft: Int(integer(14) ?? 0))
            return (id, .claimed(job))
        } catch {
            return (id, .unreadable(lease, reason: "\(error)"))
        }
    }
}

extension PostgresValue {
    /// A length of time as PostgreSQL reads it.
    static func interval(_ duration: Duration) -> PostgresValue {
        let (seconds, attoseconds) = duration.components
        return .text("\(seconds * 1_000_000 + attoseconds / 1_000_000_000_000) microseconds")
    }
}
