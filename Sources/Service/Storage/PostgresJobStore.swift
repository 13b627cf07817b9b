public import Domain
import JSON
import Postgres
import Telemetry

/// Jobs in PostgreSQL. Each method is one round trip on the pipeline of the caller's loop.
public struct PostgresJobStore: JobStore {
    let database: DatabaseClients
    private let forecasts: ForecastCache

    /// A store on the given connections. `ageing` is the wait that makes up for a step of priority and `weights` the
    /// proportion in which clients share, as the workers have them. What is said of the queue is at most
    /// `forecastLifetime` old while the database answers.
    public init(
        _ database: DatabaseClients, ageing: Duration = .seconds(30), weights: ClientWeights = ClientWeights(),
        forecastLifetime: Duration = .seconds(1)
    ) {
        self.database = database
        forecasts = ForecastCache(database, ageing: ageing, weights: weights, lifetime: forecastLifetime)
    }

    /// Inserts the row and its outbox entry in one statement, together with other tasks' jobs; with a key, alone and
    /// in one transaction with the key.
    public func submit(
        _ id: JobID, _ input: JobInput, client: String, key: IdempotencyKey?
    ) async throws(StoreError) -> Submission {
        let job = NewJob(id, input, client: client)
        guard let key else {
            try await database.current.newJobs.store(job, bytes: job.bytes)
            return .accepted(id)
        }
        let row = try await database.fresh.handingOver([job]) { hidingTime throws(StoreError) in
            let answers = try await database.execute([
                Statements.claimKey(.text(key.client), .text(key.key), .bytea(key.fingerprint), .text(id.description)),
                Statements.submitIfKeyClaimed(job.parameters + [.text(key.key), hidingTime]),
                Statements.readKey(.text(key.client), .text(key.key), .bytea(key.fingerprint)),
            ])
            return (answers[2].first, answers[1])
        }
        guard let held = row?.holder() else { throw .rejected("the idempotency key vanished") }
        return held.id == id ? .accepted(id) : held.submission
    }

    /// One row by primary key.
    public func earlierSubmission(with key: IdempotencyKey) async throws(StoreError) -> Submission? {
        let rows = try await database.execute(
            Statements.readLiveKey(.text(key.client), .text(key.key), .bytea(key.fingerprint)))
        return rows.first.flatMap { $0.holder()?.submission }
    }

    /// All jobs in one statement.
    static func insert(
        _ jobs: [NewJob], on client: MeasuredClient, _ fresh: FreshEntries?
    ) async throws(StoreError) -> [Void] {
        try await fresh.handingOver(jobs) { hidingTime throws(StoreError) in
            let rows = try await client.run([Statements.submit(jobs.parameters + [hidingTime])])[0]
            return (jobs.map { _ in () }, rows)
        }
    }

    /// One row by primary key, and for an unfinished job the process's forecast of the queue.
    public func status(of id: JobID, for viewer: JobViewer) async throws(StoreError) -> JobStatus? {
        let rows = try await database.execute(Statements.status(.text(id.description)))
        guard let row = rows.first else { return nil }
        let client = row.string(8) ?? ""
        guard viewer.sees(jobsOf: client) else { return nil }
        var status = try row.status(of: id)
        let ticket = JobTicket(
            id: id, client: client, priority: JobPriority(Int(row.integer(9) ?? 0)) ?? .normal,
            createdAt: status.createdAt)
        await foretell(&status, ticket)
        return status
    }

    /// A status without a forecast is better than none.
    private func foretell(_ status: inout JobStatus, _ ticket: JobTicket) async {
        guard status.state == .queued || status.state == .processing else { return }
        do throws(StoreError) {
            guard let forecast = try await forecasts.forecast() else { return }
            var seconds: Double?
            if status.state == .queued {
                status.queuePosition = forecast.position(of: ticket)
                seconds = forecast.secondsUntilEnd(of: ticket, notBefore: status.retry?.at)
            } else if let start = status.startedAt {
                seconds = forecast.secondsUntilEnd(startedAt: start)
            }
            status.estimatedSeconds = seconds.map { ($0 * 10).rounded() / 10 }
        } catch {
            return
        }
    }

    /// One transaction: the end, the outbox, the standing.
    public func cancel(_ id: JobID) async throws(StoreError) -> Cancellation? {
        let key = PostgresValue.text(id.description)
        let answers = try await database.execute([
            ControlStatements.cancel(key), ControlStatements.forgetRequest(key), Statements.status(key),
        ])
        return try answers[2].first.map { row throws(StoreError) in
            Cancellation(status: try row.status(of: id), isNew: answers[0].count > 0)
        }
    }

    /// One row by primary key, and the costs of its calls by their index.
    public func result(of id: JobID, for viewer: JobViewer) async throws(StoreError) -> JobResult? {
        let rows = try await database.execute(Statements.result(.text(id.description)))
        guard let row = rows.first, viewer.sees(jobsOf: row.string(0) ?? "") else { return nil }
        let result = try row.result(at: 1).result
        guard case .completed(var output, let seconds) = result,
            let amount = row.string(16).flatMap({ CallCost($0) }), let currency = row.string(17)
        else { return result }
        output.cost = JobCost(amount, currency: currency)
        return .completed(output, processingSeconds: seconds)
    }

    /// One query for all of them.
    public func states(of ids: [JobID]) async throws(StoreError) -> [JobID: JobState] {
        let rows = try await database.execute(Statements.states(.uuids(ids.map(\.halves))))
        var states: [JobID: JobState] = [:]
        for index in 0..<rows.count {
            guard let id = rows[index].string(0).flatMap({ JobID($0) }) else { continue }
            states[id] = try rows[index].state(1)
        }
        return states
    }

    /// `SELECT 1`.
    public func ping() async throws(StoreError) {
        _ = try await database.execute(Statements.ping())
    }

    /// Counts over the partial indexes of waiting and held jobs.
    public func load(countingTo limit: Int) async throws(StoreError) -> JobLoad {
        let rows = try await database.execute(Statements.load(.integer(limit)))
        return JobLoad(queued: Int(rows[0].integer(0) ?? 0), processing: Int(rows[0].integer(1) ?? 0))
    }
}

extension PostgresRow {
    /// A row of `Statements.readKey`: the job that holds the key, and what another submission with it is told.
    fileprivate func holder() -> (id: JobID, submission: Submission)? {
        guard let id = string(0).flatMap({ JobID($0) }) else { return nil }
        return (id, bool(1) == true ? .repeated(id) : .keyReused)
    }
}
