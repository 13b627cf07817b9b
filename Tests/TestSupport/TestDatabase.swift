public import EventLoop
import Foundation
public import Postgres

/// A database of its own for one test, on the private server that `make test` starts.
public struct TestDatabase: Sendable {
    /// How to reach the new, empty database.
    public let configuration: PostgresConfiguration

    /// The server of this test run, from `TEST_DB_HOST`, `TEST_DB_PORT` and `TEST_DB_USER`. Throws when they are
    /// not set: a test that cannot run fails. Waits long, since many tests share it and the machine.
    public static func server() throws -> PostgresConfiguration {
        let environment = ProcessInfo.processInfo.environment
        guard let host = environment["TEST_DB_HOST"], let user = environment["TEST_DB_USER"] else {
            throw TestSetupError("TEST_DB_HOST and TEST_DB_USER are not set; run the tests with `make test`")
        }
        return PostgresConfiguration(
            host: host, port: environment["TEST_DB_PORT"].flatMap { Int($0) } ?? 5432,
            database: environment["TEST_DB_NAME"] ?? "postgres", user: user,
            password: environment["TEST_DB_PASSWORD"], applicationName: "gigaoffice-test",
            connectTimeout: .seconds(30), statementTimeout: .seconds(60))
    }

    /// Creates the database, runs `body` on a fresh loop, and drops the database.
    public static func with<Success: Sendable>(
        _ body: @escaping @Sendable (TestDatabase, EventLoop) async throws -> Success
    ) async throws -> Success {
        try await onLoop { loop in
            let database = try await create(on: loop)
            do {
                let result = try await body(database, loop)
                try await database.drop(on: loop)
                return result
            } catch {
                try await database.drop(on: loop)
                throw error
            }
        }
    }

    /// Creates a database with a random name.
    public static func create(on loop: EventLoop) async throws -> TestDatabase {
        var configuration = try server()
        let name = "test_\(UInt64.random(in: 0 ... .max))"
        try await administer(on: loop, "CREATE DATABASE \(name)")
        configuration.database = name
        return TestDatabase(configuration: configuration)
    }

    /// Ends what is still connected and drops the database.
    public func drop(on loop: EventLoop) async throws {
        try await Self.administer(on: loop, "DROP DATABASE \(configuration.database) WITH (FORCE)")
    }

    private static func administer(on loop: EventLoop, _ script: String) async throws {
        let resolver = try BlockingThread(name: "resolver")
        defer { resolver.shutdown() }
        let session = try await PostgresSession.open(on: loop, server(), resolver: resolver)
        _ = try await session.run(script)
        session.close()
    }
}

/// The test's surroundings are not as it needs them.
public struct TestSetupError: Error, CustomStringConvertible {
    /// What is missing.
    public let description: String

    /// Says what is missing.
    public init(_ description: String) {
        self.description = description
    }
}
