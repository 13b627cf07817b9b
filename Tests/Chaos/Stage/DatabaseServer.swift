import EventLoop
import Foundation
import Glibc
import JSON
import Postgres
import TestSupport

/// The campaign's own PostgreSQL: to be killed, started and asked.
struct DatabaseServer: Sendable {
    private let settings: CampaignSettings
    private let configuration: PostgresConfiguration
    private let loop: EventLoop
    private let resolver: BlockingThread

    /// `loop` is where the queries run.
    init(_ settings: CampaignSettings, on loop: EventLoop, resolver: BlockingThread) {
        self.settings = settings
        self.loop = loop
        self.resolver = resolver
        configuration = PostgresConfiguration(
            host: settings.database["DB_HOST"] ?? "", port: settings.database["DB_PORT"].flatMap { Int($0) } ?? 5432,
            database: settings.database["DB_NAME"] ?? "", user: settings.database["DB_USER"] ?? "",
            applicationName: "chaos")
    }

    // MARK: Life

    /// Ends it at once: all its processes by `kill -9` of the first one, or by an immediate shutdown. Neither
    /// leaves it time to write anything.
    func kill(_ signal: Int32) async throws {
        let answer = try await script("status")
        guard let pid = answer.firstMatch(of: /process (\d+)/).flatMap({ Int32($0.1) }) else {
            throw Failure("PostgreSQL does not run: \(answer)")
        }
        Glibc.kill(pid, signal)
    }

    /// Starts it; returns when it answers.
    func start() async throws {
        _ = try await script("start")
    }

    private func script(_ command: String) async throws -> String {
        let output = "\(settings.folder)/postgres-\(UUID().uuidString).out"
        defer { unlink(output) }
        // The server inherits what bounds the script, so nothing may.
        let process = try ChildProcess(
            settings.postgresScript, [command, settings.postgresCluster], environment: Program.surroundings,
            folder: settings.folder, output: output, errors: "\(settings.folder)/postgres-script.log", fileLimit: nil)
        guard let ending = try await process.end(within: .seconds(90)) else {
            throw Failure("scripts/postgres \(command) takes too long")
        }
        let text = try String(contentsOfFile: output, encoding: .utf8)
        guard ending == .exit(0) else { throw Failure("scripts/postgres \(command): \(ending): \(text)") }
        return text
    }

    // MARK: Questions

    /// The rows of a query as objects. Tries again while the server is away, for up to `limit`.
    func rows(_ query: String, within limit: Duration = .seconds(60)) async throws -> [JSONValue] {
        let deadline = ContinuousClock.now + limit
        while true {
            do {
                return try await ask("SELECT to_jsonb(row)::text FROM (\(query)) AS row")
            } catch {
                guard ContinuousClock.now < deadline, !Task.isCancelled else { throw error }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    private func ask(_ statement: String) async throws -> [JSONValue] {
        let (loop, resolver, configuration) = (loop, resolver, configuration)
        let texts = try await loop.spawn { () async throws -> [String] in
            let session = try await PostgresSession.open(on: loop, configuration, resolver: resolver)
            defer { session.close() }
            return try await session.run(statement).last?.map { $0.string(0) ?? "null" } ?? []
        }.value
        return try texts.map { try JSONParser().parse($0) }
    }

    /// All jobs, a page at a time.
    func jobs() async throws -> [StoredJob] {
        var jobs: [StoredJob] = []
        while true {
            let after = jobs.last.map { "WHERE id > '\($0.id)'" } ?? ""
            let page = try await rows(
                """
                SELECT *, extract(epoch FROM completed_at) AS completed FROM ai_requests \(after)
                ORDER BY id LIMIT 500
                """)
            jobs += page.map(StoredJob.init(row:))
            if page.count < 500 { return jobs }
        }
    }
}
