public import EventLoop
public import Postgres

/// Applies migrations: each file in a transaction of its own, all under an advisory lock, so that any number of
/// instances may start at once.
public struct Migrator: Sendable {
    private let configuration: PostgresConfiguration
    private let files: [Migration]
    /// The lock's key: `gigaoffi` in ASCII.
    private static let lockKey: Int64 = 0x6769_6761_6f66_6669

    /// Prepares to bring the database of `configuration` to `files`.
    public init(_ configuration: PostgresConfiguration, files: [Migration]) {
        self.configuration = configuration
        self.files = files
    }

    /// Applies what is pending and returns the names of the applied files. `onApply` hears of each one before it
    /// runs. Must be called on `loop`.
    public func run(
        on loop: EventLoop, resolver: BlockingThread, onApply: (String) -> Void = { _ in }
    ) async throws(MigrationError) -> [String] {
        let session = try await open(on: loop, resolver)
        defer { session.close() }
        _ = try await perform("preparing", "SELECT pg_advisory_lock(\(Self.lockKey)); \(Self.ledger)", on: session)
        let plan = try MigrationPlan(files: files, applied: await applied(on: session))
        for migration in plan.pending {
            onApply(migration.name)
            _ = try await perform(migration.name, transaction(for: migration), on: session)
        }
        return plan.pending.map(\.name)
    }

    /// The names of the files that `run` would apply. Changes nothing.
    public func pending(on loop: EventLoop, resolver: BlockingThread) async throws(MigrationError) -> [String] {
        let session = try await open(on: loop, resolver)
        defer { session.close() }
        let exists = try await perform("checking", "SELECT to_regclass('schema_migrations') IS NOT NULL", on: session)
        let applied = exists.first?.first?.bool(0) == true ? try await applied(on: session) : []
        return try MigrationPlan(files: files, applied: applied).pending.map(\.name)
    }

    private static let ledger = """
        CREATE TABLE IF NOT EXISTS schema_migrations (
            version integer PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,
            applied_at timestamptz NOT NULL DEFAULT now())
        """

    private func open(on loop: EventLoop, _ resolver: BlockingThread) async throws(MigrationError) -> PostgresSession {
        do throws(PostgresError) {
            let session = try await PostgresSession.open(on: loop, configuration, resolver: resolver)
            // Waiting for another instance's migration, or a long one of our own, is no reason to give up.
            _ = try await session.run("SET statement_timeout = 0; SET client_min_messages = warning")
            return session
        } catch {
            throw .unavailable(error.description)
        }
    }

    private func applied(on session: PostgresSession) async throws(MigrationError) -> [MigrationPlan.Applied] {
        let answers = try await perform(
            "reading schema_migrations", "SELECT version, name, checksum FROM schema_migrations", on: session)
        return answers.last?.map { row in
            MigrationPlan.Applied(
                version: Int(row.integer(0) ?? 0), name: row.string(1) ?? "", checksum: row.string(2) ?? "")
        } ?? []
    }

    /// The name and the checksum have been checked to hold no quote.
    private func transaction(for migration: Migration) -> String {
        """
        BEGIN;
        \(migration.sql)
        ;INSERT INTO schema_migrations (version, name, checksum)
        VALUES (\(migration.version), '\(migration.name)', '\(migration.checksum)');
        COMMIT
        """
    }

    private func perform(
        _ step: String, _ script: String, on session: PostgresSession
    ) async throws(MigrationError) -> [PostgresRows] {
        do throws(PostgresError) {
            return try await session.run(script)
        } catch .refused(_, let message, _) {
            throw .failed(step, reason: message)
        } catch {
            throw .unavailable(error.description)
        }
    }
}
