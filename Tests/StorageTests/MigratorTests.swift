import EventLoop
import Postgres
import Storage
import TestSupport
import Testing

@Suite("Migrator", .serialized)
struct MigratorTests {
    /// An empty database and the means to migrate it.
    private struct Ground: Sendable {
        let database: TestDatabase
        let loop: EventLoop
        let resolver: BlockingThread

        @discardableResult
        func run(_ files: [Migration]) async throws -> [String] {
            try await Migrator(database.configuration, files: files).run(on: loop, resolver: resolver)
        }

        func pending(_ files: [Migration]) async throws -> [String] {
            try await Migrator(database.configuration, files: files).pending(on: loop, resolver: resolver)
        }

        /// The tables there are, by name.
        func tables() async throws -> [String] {
            try await column("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
        }

        func column(_ query: String) async throws -> [String] {
            let session = try await PostgresSession.open(on: loop, database.configuration, resolver: resolver)
            defer { session.close() }
            return try await session.run(query).last?.map { $0.string(0) ?? "NULL" } ?? []
        }
    }

    private static func onEmptyDatabase(_ body: @escaping @Sendable (Ground) async throws -> Void) async throws {
        try await TestDatabase.with { database, loop in
            let resolver = try BlockingThread(name: "resolver")
            defer { resolver.shutdown() }
            try await body(Ground(database: database, loop: loop, resolver: resolver))
        }
    }

    private static func files() throws -> [Migration] {
        [
            try migration("0001_a.sql", "CREATE TABLE a (n int); INSERT INTO a VALUES (1);"),
            try migration(
                "0002_b.sql", "CREATE TABLE b (); -- no line end, no semicolon\nINSERT INTO a VALUES (2) -- x"),
        ]
    }

    @Test("all files are applied in order, and a second run applies nothing")
    func appliesAll() async throws {
        try await Self.onEmptyDatabase { ground in
            let files = try Self.files()
            #expect(try await ground.run(files.reversed()) == ["0001_a.sql", "0002_b.sql"])
            #expect(try await ground.tables() == ["a", "b", "schema_migrations"])
            #expect(try await ground.run(files) == [])
            #expect(try await ground.column("SELECT n FROM a ORDER BY n") == ["1", "2"])
            let ledger = "SELECT version || ' ' || name || ' ' || checksum FROM schema_migrations ORDER BY version"
            #expect(try await ground.column(ledger) == files.map { "\($0.version) \($0.name) \($0.checksum)" })
        }
    }

    @Test("each file is announced before it runs")
    func announcement() async throws {
        try await Self.onEmptyDatabase { ground in
            let files = try Self.files()
            var announced: [String] = []
            _ = try await Migrator(ground.database.configuration, files: files).run(
                on: ground.loop, resolver: ground.resolver, onApply: { announced.append($0) })
            #expect(announced == files.map(\.name))
        }
    }

    @Test("a file that fails leaves nothing of itself, names itself, and keeps those before it")
    func failure() async throws {
        try await Self.onEmptyDatabase { ground in
            let bad = try migration("0003_bad.sql", "CREATE TABLE c (); INSERT INTO a VALUES (3); SELECT 1/0;")
            let later = try migration("0004_later.sql", "CREATE TABLE d ();")
            let error = await #expect(throws: MigrationError.self) {
                try await ground.run(try Self.files() + [bad, later])
            }
            #expect(error == .failed("0003_bad.sql", reason: "division by zero"))
            #expect(try await ground.tables() == ["a", "b", "schema_migrations"])
            #expect(try await ground.column("SELECT n FROM a ORDER BY n") == ["1", "2"])
            let mended = try migration("0003_bad.sql", "CREATE TABLE c ();")
            #expect(try await ground.run(try Self.files() + [mended, later]) == ["0003_bad.sql", "0004_later.sql"])
        }
    }

    @Test("ten migrators at once apply each file once")
    func concurrent() async throws {
        try await Self.onEmptyDatabase { ground in
            let files = try Self.files()
            let applied = try await withThrowingTaskGroup(of: [String].self) { group in
                for _ in 0..<10 { group.addTask { try await ground.run(files) } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(applied.sorted() == files.map(\.name))
            #expect(try await ground.column("SELECT n FROM a ORDER BY n") == ["1", "2"])
        }
    }

    @Test("a changed, a missing and a late file are refused, and nothing is applied")
    func contradictions() async throws {
        try await Self.onEmptyDatabase { ground in
            let first = try migration("0001_a.sql", "CREATE TABLE a ();")
            let third = try migration("0003_c.sql", "CREATE TABLE c ();")
            try await ground.run([first, third])
            let changed = try migration("0001_a.sql", "CREATE TABLE a (n int);")
            let second = try migration("0002_b.sql", "CREATE TABLE b ();")
            let fourth = try migration("0004_d.sql", "CREATE TABLE d ();")
            let contradictions: [([Migration], MigrationError)] = [
                ([changed, third, fourth], .changed("0001_a.sql")), ([first, fourth], .missing("0003_c.sql")),
                ([first, second, third, fourth], .outOfOrder("0002_b.sql", after: "0003_c.sql")),
            ]
            for (files, error) in contradictions {
                await #expect(throws: error) { try await ground.run(files) }
                await #expect(throws: error) { _ = try await ground.pending(files) }
            }
            #expect(try await ground.tables() == ["a", "c", "schema_migrations"])
        }
    }

    @Test("asking what is pending changes nothing")
    func pending() async throws {
        try await Self.onEmptyDatabase { ground in
            let files = try Self.files()
            #expect(try await ground.pending(files.reversed()) == ["0001_a.sql", "0002_b.sql"])
            #expect(try await ground.tables() == [])
            try await ground.run([files[0]])
            #expect(try await ground.pending(files) == ["0002_b.sql"])
            #expect(try await ground.tables() == ["a", "schema_migrations"])
            try await ground.run(files)
            #expect(try await ground.pending(files) == [])
        }
    }

    @Test("a server that is not there is unavailable")
    func unavailable() async throws {
        try await onLoop { loop in
            let resolver = try BlockingThread(name: "resolver")
            defer { resolver.shutdown() }
            let nowhere = PostgresConfiguration(host: "127.0.0.1", port: 1, database: "x", user: "x")
            let error = await #expect(throws: MigrationError.self) {
                try await Migrator(nowhere, files: []).run(on: loop, resolver: resolver)
            }
            guard case .unavailable? = error else {
                Issue.record("another error: \(String(describing: error))")
                return
            }
        }
    }

    @Test("the repository's own migrations bring an empty database to the present schema")
    func repository() async throws {
        try await Self.onEmptyDatabase { ground in
            let files = try Bench.migrations
            #expect(try await ground.run(files) == files.map(\.name))
            let existing: Set = ["users", "categories", "prompts", "ai_requests", "ai_responses", "service_metrics"]
            #expect(existing.isSubset(of: try await ground.tables()))
            let columns = try await ground.column(
                "SELECT column_name FROM information_schema.columns WHERE table_name = 'ai_requests'")
            let known: Set = [
                "id", "status", "input_range", "query_text", "category", "input_data", "result_data", "error_message",
                "tokens_used", "processing_time", "gigachat_request_id", "created_at", "started_at", "completed_at",
                "queue_position", "priority", "user_id",
            ]
            #expect(known.isSubset(of: columns))
        }
    }
}
