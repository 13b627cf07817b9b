import EventLoop
import Foundation
import JSON
import Postgres
import TestSupport

/// What one test has to itself: a database, a folder, and the processes that it starts. All of it goes with the test.
final class Site: Sendable {
    /// An empty database; nil for a test that needs none.
    private let database: TestDatabase?
    /// Names on a shared Kafka cluster that nobody else uses; empty when there is none.
    let sharedKafka: [String: String]
    private let folder: URL
    private let programs = Lock<[RunningProgram]>([])

    private init(_ database: TestDatabase?) throws {
        self.database = database
        sharedKafka = TestKafka.sharedSettings()
        folder = FileManager.default.temporaryDirectory.appending(path: "gigaoffice-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// Runs `body` when there is room for one more test with processes, and clears up after it.
    static func with(_ body: (Site) async throws -> Void) async throws {
        await Turnstile.shared.enter()
        defer { Turnstile.shared.leave() }
        let database = try await onLoop { try await TestDatabase.create(on: $0) }
        let outcome = try await Site(database).outcome(of: body)
        try await onLoop { try await database.drop(on: $0) }
        try outcome.get()
    }

    /// The same for programs that end soon and need no database.
    static func withoutDatabase(_ body: (Site) async throws -> Void) async throws {
        try await Site(nil).outcome(of: body).get()
    }

    private func outcome(of body: (Site) async throws -> Void) async throws -> Result<Void, any Error> {
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await body(self))
        } catch {
            outcome = .failure(Failure("\(error)\n\(logs)"))
        }
        // A broker was there before the services that use it, and goes after them.
        for program in programs.withLock({ $0 }).reversed() { await program.process.stop(within: .seconds(5)) }
        try FileManager.default.removeItem(at: folder)
        return outcome
    }

    /// The last that each program has said.
    private var logs: String {
        programs.withLock { $0 }.map { "process \($0.process.pid):\n\($0.errors.suffix(4_000))" }.joined(
            separator: "\n")
    }

    /// The settings of the test's database.
    private var databaseSettings: [String: String] {
        guard let server = database?.configuration else { return [:] }
        var settings = [
            "DB_HOST": server.host, "DB_PORT": String(server.port), "DB_NAME": server.database, "DB_USER": server.user,
            "DB_CONNECTIONS_PER_LOOP": "1",
        ]
        settings["DB_PASSWORD"] = server.password
        return settings
    }

    /// The Unix socket of the server that has the test's database.
    var databaseSocket: String {
        get throws {
            guard let server = database?.configuration else { throw Failure("this test has no database") }
            return "\(server.host)/.s.PGSQL.\(server.port)"
        }
    }

    /// A path in the test's folder; nothing is made there.
    func path(_ name: String) -> String { folder.appending(path: name).path }

    /// Starts the program. Its environment is made of the test's database and `settings`, which win.
    func start(_ arguments: [String], _ settings: [String: String] = [:]) throws -> RunningProgram {
        let name = arguments.first.map { "\($0)-" } ?? ""
        let files = folder.appending(path: name + UUID().uuidString).path
        let environment = [Program.surroundings, Program.folders, databaseSettings, settings]
            .reduce(into: [:]) { all, some in all.merge(some) { _, new in new } }
        let process = try ChildProcess(
            Program.path(), arguments, environment: environment, folder: folder.path, output: "\(files).out",
            errors: "\(files).err")
        let program = RunningProgram(process, output: "\(files).out", errors: "\(files).err")
        programs.withLock { $0.append(program) }
        return program
    }

    /// Starts the program and waits for its end.
    func run(_ arguments: [String], _ settings: [String: String] = [:]) async throws -> FinishedProgram {
        let program = try start(arguments, settings)
        return try await program.finished(within: .seconds(30))
    }

    /// Runs another program than ours, with the caller's environment and `settings`, and waits for its end.
    func runOther(
        _ executable: String, _ arguments: [String] = [], _ settings: [String: String] = [:], within limit: Duration
    ) async throws -> FinishedProgram {
        let files = folder.appending(path: "other-" + UUID().uuidString).path
        let environment = ProcessInfo.processInfo.environment.merging(settings) { _, new in new }
        let process = try ChildProcess(
            executable, arguments, environment: environment, folder: folder.path, output: "\(files).out",
            errors: "\(files).err", fileLimit: nil)
        let program = RunningProgram(process, output: "\(files).out", errors: "\(files).err")
        programs.withLock { $0.append(program) }
        return try await program.finished(within: limit)
    }

    /// The rows of a query on the test's database, as objects.
    func rows(_ query: String) async throws -> [JSONValue] {
        let texts = try await execute("SELECT to_jsonb(row) FROM (\(query)) AS row")
        return try texts.map { try JSONParser().parse($0 ?? "null") }
    }

    /// Runs a statement on the test's database and returns the first column of its answer.
    func execute(_ statement: String) async throws -> [String?] {
        guard let configuration = database?.configuration else { throw Failure("this test has no database") }
        return try await onLoop { loop in
            let resolver = try BlockingThread(name: "resolver")
            defer { resolver.shutdown() }
            let session = try await PostgresSession.open(on: loop, configuration, resolver: resolver)
            defer { session.close() }
            return try await session.run(statement).last?.map { $0.string(0) } ?? []
        }
    }
}
