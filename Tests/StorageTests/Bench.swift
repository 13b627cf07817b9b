import Domain
import EventLoop
import Foundation
import JSON
import Postgres
import Storage
import TestSupport
import Testing

/// A migrated database of its own for one test, and everything that speaks to it.
struct Bench: Sendable {
    /// Jobs as the API and the workers see them: through the ports, so that the tests hold for any adapter.
    let store: any JobStore & JobLedger & JobArchive & JobDesk
    /// Categories and presets.
    let catalogue: PostgresCatalogue
    /// What people think of answers.
    let feedback: any FeedbackStore
    /// What became of jobs; never kept from one question to the next.
    let statistics: any JobStatistics
    /// The outbox as the relays see it.
    let outbox: any Outbox
    /// The journal of model calls.
    let calls: any CallJournal
    /// How processes divide slots and tokens.
    let capacity: any CapacityLedger
    /// Who may call.
    let keys: any APIKeyStore
    /// How processes divide clients' limits.
    let rates: any RateLedger
    /// The loops that have connections; the test runs on the first.
    let loops: [EventLoop]
    private let configuration: PostgresConfiguration
    private let loop: EventLoop
    private let resolver: BlockingThread

    /// The repository's own migrations.
    static var migrations: [Migration] {
        get throws {
            let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent()
            return try Migration.load(from: root.appending(path: "migrations").path)
        }
    }

    /// Makes the database, runs `body` with `connections` connections on each loop and takes everything down. With
    /// `handsOver` the outbox is handed what the store has just stored.
    static func run(
        connections: Int = 2, loops: Int = 1, handsOver: Bool = false,
        _ body: @escaping @Sendable (Bench) async throws -> Void
    ) async throws {
        let group = try EventLoopGroup(count: loops, namePrefix: "test-store")
        let resolver = try BlockingThread(name: "resolver")
        defer {
            resolver.shutdown()
            group.shutdown()
        }
        try await group.loops[0].spawn {
            let database = try await TestDatabase.create(on: group.loops[0])
            let result: Result<Void, any Error>
            do {
                let migrator = Migrator(database.configuration, files: try migrations)
                _ = try await migrator.run(on: group.loops[0], resolver: resolver)
                let clients = await DatabaseClients.make(
                    on: group, database.configuration, connectionsPerLoop: connections, resolver: resolver,
                    handsOver: handsOver)
                let bench = Bench(
                    store: PostgresJobStore(clients, forecastLifetime: .zero),
                    catalogue: PostgresCatalogue(clients), feedback: PostgresFeedback(clients),
                    statistics: PostgresStatistics(clients, lifetime: .zero),
                    outbox: PostgresOutbox(clients, maximumInlineBytes: 10_000),
                    calls: PostgresCallJournal(clients), capacity: PostgresCapacityLedger(clients),
                    keys: PostgresAPIKeys(clients),
                    rates: PostgresRateLedger(clients), loops: group.loops,
                    configuration: database.configuration, loop: group.loops[0], resolver: resolver)
                result = .success(try await bench.use(clients, body))
            } catch {
                result = .failure(error)
            }
            try await database.drop(on: group.loops[0])
            try result.get()
        }.value
    }

    private func use(
        _ clients: DatabaseClients, _ body: @escaping @Sendable (Bench) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: Bool.self) { group in
            group.addTask {
                await clients.run()
                return false
            }
            group.addTask {
                try await waitUntilReady()
                try await body(self)
                return true
            }
            while try await group.next() == false {}
            group.cancelAll()
        }
    }

    private func waitUntilReady() async throws {
        for _ in 0..<30 {
            do throws(StoreError) {
                return try await store.ping()
            } catch {
                // Each attempt waits a second for a connection.
                continue
            }
        }
        throw TestSetupError("the database does not answer")
    }

    /// Runs SQL beside the store, and returns the first column of the last statement's answer.
    @discardableResult
    func sql(_ script: String) async throws -> [String?] {
        let session = try await PostgresSession.open(on: loop, configuration, resolver: resolver)
        defer { session.close() }
        return try await session.run(script).last?.map { $0.string(0) } ?? []
    }

    /// The one value that a query gives.
    func value(_ query: String) async throws -> String? {
        let rows = try await sql(query)
        return try #require(rows.first)
    }

    /// One column of the job's row.
    func column(_ expression: String, of id: JobID) async throws -> String? {
        try await value("SELECT (\(expression))::text FROM ai_requests WHERE id = '\(id)'")
    }

    /// The job's outbox entries in the order of publishing: `request`, `request published`, `response`.
    func outboxEntries(of id: JobID) async throws -> [String] {
        try await sql(
            """
            SELECT kind || CASE WHEN published_at IS NULL THEN '' ELSE ' published' END FROM outbox
            WHERE job_id = '\(id)' ORDER BY sequence
            """
        ).compactMap(\.self)
    }

    /// Submits a job and returns its id.
    func submit(_ input: JobInput = JobInput(query: "x"), client: String = "tester") async throws -> JobID {
        let id = JobID.random()
        _ = try await store.submit(id, input, client: client, key: nil)
        return id
    }

    /// Submits a job and takes it.
    func claimed(_ input: JobInput = JobInput(query: "x"), lease: Duration = .seconds(60)) async throws -> JobLease {
        try await claim(try await submit(input), lease: lease).lease
    }

    /// Takes a job that is known to wait.
    func claim(_ id: JobID, owner: String = "worker", lease: Duration = .seconds(60)) async throws -> ClaimedJob {
        let outcome = try await tryClaim(id, owner: owner, lease: lease)
        guard case .claimed(let job) = outcome else { throw TestSetupError("not claimed: \(outcome)") }
        return job
    }

    /// Tries to take one job.
    func tryClaim(
        _ id: JobID, owner: String = "worker", lease: Duration = .seconds(60)
    ) async throws -> ClaimOutcome {
        try #require(try await store.claim([id], owner: owner, lease: lease)[id])
    }
}

extension JobID {
    /// A fresh id of the present time.
    static func random() -> JobID {
        var generator = SystemRandomNumberGenerator()
        return JobID(milliseconds: 1_778_314_530_000, using: &generator)
    }
}

extension JobOutput {
    /// An answer with every field filled.
    static func sample(table: JSONValue? = [["a", 1]], message: String? = nil) -> JobOutput {
        JobOutput(
            table: table, message: message, outputRange: "A12:B20", category: "analysis",
            tokens: TokenUsage(prompt: 10, completion: 5, precached: 3), model: "GigaChat-2-Max", provider: "gigachat",
            warnings: [JobWarning(code: "aggregate_differs", message: "Проверьте «сумму»")])
    }
}
