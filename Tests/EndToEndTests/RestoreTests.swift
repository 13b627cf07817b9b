import Foundation
import JSON
import Postgres
import TestSupport
import Testing

@Suite("Backup and restore, as docs/operations.md has them")
struct RestoreTests {
    private static let required = ["API_KEYS_REQUIRED": "true"]

    @Test("a restored database serves the old results to the old keys, and ends what was waiting, once")
    func restore() async throws {
        try await Site.with { site in
            let admin = ["Authorization": "Bearer administrator"]
            let settings = Self.required.merging(["ADMIN_API_KEY": "administrator"]) { $1 }
            let service = try await site.serve(.all, settings)
            let done = try await service.submit(
                #"{"query_text":"Посчитай"}"#, admin.merging(["Prefer": "wait=0"]) { $1 })
            let first = try await service.client.get(
                "/api/ai/result/\(done)", admin.merging(["Prefer": "wait=50"]) { $1 })
            #expect(try first.json["status"] == "completed")
            let key = try JSONParser().parse(try await site.run(["keys", "create", "--name", "a", "--json"]).output)
            #expect(try await service.stop() == .exit(0))
            let waiting = try await Self.submitWithoutWorker(site, settings, admin)

            let restored = "test_restored_\(UInt64.random(in: 0 ... .max))"
            try await Self.copy(site, to: restored)
            let moved = settings.merging(["DB_NAME": restored]) { $1 }
            #expect(try await site.run(["migrate", "--check"], moved).ending == .exit(0))
            let again = try await site.serve(.all, moved)
            let fields = ["Authorization": "Bearer \(key["key"]?.stringValue ?? "")", "Prefer": "wait=50"]
            #expect(try await again.client.get("/api/prompts/presets", fields).status == 200)
            let old = try await again.client.get("/api/ai/result/\(done)", admin)
            #expect(old.body == first.body)
            let late = try await again.client.get(
                "/api/ai/result/\(waiting)", admin.merging(["Prefer": "wait=50"]) { $1 })
            #expect(try late.json["status"] == "completed")
            #expect(try await again.stop() == .exit(0))
            _ = try await site.execute("DROP DATABASE \(restored) WITH (FORCE)")
        }
    }

    private static func submitWithoutWorker(
        _ site: Site, _ settings: [String: String], _ fields: [String: String]
    ) async throws -> String {
        let service = try await site.serve(.api, settings)
        let id = try await service.submit(#"{"query_text":"Посчитай"}"#, fields)
        #expect(try await service.stop() == .exit(0))
        return id
    }

    /// Dumps the site's database and restores it under another name.
    private static func copy(_ site: Site, to name: String) async throws {
        let source = try #require(try await site.execute("SELECT current_database()")[0])
        let file = FileManager.default.temporaryDirectory.appending(path: "\(name).dump").path
        defer { unlink(file) }
        try await run("pg_dump", ["--format=custom", "--exclude-table-data=rate_windows", "--file=\(file)", source])
        _ = try await site.execute("CREATE DATABASE \(name)")
        try await run("pg_restore", ["--dbname=\(name)", "--no-owner", "--exit-on-error", file])
    }

    /// Runs one of PostgreSQL's programs on the server of the tests.
    private static func run(_ tool: String, _ arguments: [String]) async throws {
        let server = try TestDatabase.server()
        var environment = Program.surroundings
        environment["PGHOST"] = server.host
        environment["PGPORT"] = String(server.port)
        environment["PGUSER"] = server.user
        environment["PGPASSWORD"] = server.password
        let folder = FileManager.default.temporaryDirectory
        let files = folder.appending(path: "\(tool)-\(UUID().uuidString)").path
        defer {
            unlink("\(files).out")
            unlink("\(files).err")
        }
        let process = try ChildProcess(
            try path(of: tool), arguments, environment: environment, folder: folder.path, output: "\(files).out",
            errors: "\(files).err")
        let program = RunningProgram(process, output: "\(files).out", errors: "\(files).err")
        let finished = try await program.finished(within: .seconds(60))
        guard finished.ending == .exit(0) else { throw Failure("\(tool): \(finished.ending) \(finished.errors)") }
    }

    /// Beside the server's programs, where Debian has them, or else wherever the system finds it.
    private static func path(of tool: String) throws -> String {
        let folder = "/usr/lib/postgresql"
        let versions =
            FileManager.default.fileExists(atPath: folder)
            ? try FileManager.default.contentsOfDirectory(atPath: folder).sorted { (Int($0) ?? 0) < (Int($1) ?? 0) }
            : []
        return versions.last.map { "\(folder)/\($0)/bin/\(tool)" } ?? "/usr/bin/\(tool)"
    }
}
