import EventLoop
import Postgres
import TestSupport
import Testing

@Suite("A session for scripts", .timeLimit(.minutes(10)))
struct PostgresSessionTests {
    private static func with(_ body: @escaping @Sendable (PostgresSession) async throws -> Void) async throws {
        try await TestDatabase.with { database, loop in
            let resolver = try BlockingThread(name: "resolver")
            defer { resolver.shutdown() }
            let session = try await PostgresSession.open(on: loop, database.configuration, resolver: resolver)
            defer { session.close() }
            try await body(session)
        }
    }

    @Test("a script's answers come one for each statement, and a refused one leaves the session usable")
    func scripts() async throws {
        try await Self.with { session async throws in
            let answers = try await session.run("SELECT 1; SELECT 'two'")
            #expect(answers.map { $0.first?.string(0) } == ["1", "two"])
            await #expect(throws: PostgresError.self) { _ = try await session.run("SELECT no_such_column") }
            let again = try await session.run("SELECT 3")
            #expect(again.first?.first?.integer(0) == 3)
        }
    }

    @Test(
        "a script that wants to copy from or to its client is refused, with the reason",
        arguments: ["COPY pg_namespace TO STDOUT", "CREATE TABLE t (a int); COPY t FROM STDIN"])
    func copying(script: String) async throws {
        try await Self.with { session async throws in
            let failure = await #expect(throws: PostgresError.self) { _ = try await session.run(script) }
            #expect(failure?.description.contains("a script cannot COPY") == true)
        }
    }
}
