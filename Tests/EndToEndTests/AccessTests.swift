import Glibc
import JSON
import TestSupport
import Testing

@Suite("Keys and limits of running services")
struct AccessTests {
    private static let required = ["API_KEYS_REQUIRED": "true"]
    private static let job = #"{"query_text":"Посчитай"}"#

    private static func bearer(_ key: String) -> [String: String] { ["Authorization": "Bearer \(key)"] }

    private static func submit(to service: Service, _ key: String) async throws -> Int {
        try await service.client.post("/api/ai/process", json: job, bearer(key)).status
    }

    @Test("a key that a command makes opens two instances, and shuts both within 2 s of its revocation")
    func lifeOfAKey() async throws {
        try await Site.with { site in
            let services = [try await site.serve(.api, Self.required), try await site.serve(.api, Self.required)]
            #expect(try await services[0].client.post("/api/ai/process", json: Self.job).status == 401)
            let key = try await site.makeKey("--name", "plugin", "--expires", "30d")
            for service in services {
                try await eventually("a new key that is known") {
                    try await Self.submit(to: service, key.text) == 202 ? () : nil
                }
            }
            let list = try await site.run(["keys", "list"]).output
            #expect(list.contains(key.id) && list.contains("plugin") && !list.contains(key.text))
            let rows = try await site.execute("SELECT api_keys::text FROM api_keys").compactMap(\.self)
            #expect(rows.count == 1 && !rows[0].contains(key.text))
            let revoked = try await site.run(["keys", "revoke", key.id])
            #expect(revoked.ending == .exit(0))
            let start = ContinuousClock.now
            for service in services {
                try await eventually("a revoked key that is refused") {
                    try await Self.submit(to: service, key.text) == 401 ? () : nil
                }
            }
            // Ten times the promise would be a fault whatever else the machine does.
            #expect(ContinuousClock.now - start < .seconds(20))
            #expect(try await site.run(["keys", "revoke", key.id]).ending == .exit(1))
        }
    }

    @Test("a key that is made and revoked over HTTP opens and shuts another instance, and is nowhere but in the answer")
    func overHTTP() async throws {
        try await Site.with { site in
            let settings = Self.required.merging(["LOG_LEVEL": "debug", "ADMIN_API_KEY": "bootstrap-key"]) { $1 }
            let services = [try await site.serve(.api, settings), try await site.serve(.api, settings)]
            let admin = Self.bearer("bootstrap-key")
            let made = try await services[0].client.post("/api/admin/keys", json: #"{"name":"plugin"}"#, admin)
            #expect(made.status == 201)
            let text = try #require(try made.json["key"]?.stringValue)
            let id = try #require(try made.json["id"]?.stringValue)
            #expect(try await Self.submit(to: services[0], text) == 202)
            try await eventually("a new key that is known") {
                try await Self.submit(to: services[1], text) == 202 ? () : nil
            }
            let rows = try await site.execute("SELECT api_keys::text FROM api_keys").compactMap(\.self)
            #expect(rows.count == 1 && !rows[0].contains(text))
            let revoked = try await services[0].client.send("POST", "/api/admin/keys/\(id)/revoke", admin)
            #expect(revoked.status == 204)
            #expect(try await Self.submit(to: services[0], text) == 401)
            try await eventually("a revoked key that is refused") {
                try await Self.submit(to: services[1], text) == 401 ? () : nil
            }
            for service in services {
                #expect(try await service.stop() == .exit(0))
                #expect(service.program.errors.contains("/api/ai/process"))
                #expect(!service.program.errors.contains(text))
            }
        }
    }

    @Test("jobs of a key are another key's 404, and no log line tells a key")
    func ownJobs() async throws {
        try await Site.with { site in
            let service = try await site.serve(
                .all, Self.required.merging(["LOG_LEVEL": "debug", "ADMIN_API_KEY": "bootstrap-key"]) { $1 })
            let keys = [try await site.makeKey("--name", "a"), try await site.makeKey("--name", "b")]
            let fields = keys.map { Self.bearer($0.text) }
            try await eventually("known keys") {
                let statuses = [
                    try await service.client.get("/api/prompts/presets", fields[0]).status,
                    try await service.client.get("/api/prompts/presets", fields[1]).status,
                ]
                return statuses == [200, 200] ? () : nil
            }
            let id = try await service.submit(Self.job, fields[0].merging(["Prefer": "wait=0"]) { $1 })
            let path = "/api/ai/result/\(id)"
            let wait = ["Prefer": "wait=50"]
            let mine = try await service.client.get(path, fields[0].merging(wait) { $1 }).json
            #expect(mine["status"] == "completed")
            #expect(try await service.client.get(path, fields[1]).status == 404)
            #expect(try await service.client.get(path, Self.bearer("bootstrap-key")).status == 200)
            let jobs = try await site.run(["jobs", "list", "--client", "key:\(keys[0].id)"]).output
            #expect(jobs.contains(id))
            #expect(try await service.stop() == .exit(0))
            for key in keys { #expect(!service.program.errors.contains(key.text)) }
            #expect(!service.program.errors.contains("bootstrap-key"))
            #expect(
                try await site.execute("SELECT last_used_at IS NOT NULL FROM api_keys ORDER BY name") == ["t", "t"])
        }
    }

    @Test("two processes on one database let in ten jobs a minute together, and say so")
    func limits() async throws {
        try await Site.with { site in
            let settings = ["RATE_LIMIT_PROCESS": "10"]
            let services = [try await site.serve(.api, settings), try await site.serve(.api, settings)]
            let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
                for number in 0..<40 {
                    let client = services[number % 2].client
                    group.addTask { try await client.post("/api/ai/process", json: Self.job).status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let accepted = statuses.count { $0 == 202 }
            #expect(Set(statuses) == [202, 429])
            // What one process holds of its last block comes back within a second or two.
            #expect((5...10).contains(accepted))
            try await eventually("what was left of the ten") { () async throws -> Void? in
                let service = services[0].client
                let refused = try await service.post("/api/ai/process", json: Self.job)
                let count = try await site.execute("SELECT count(*) FROM ai_requests")[0]
                guard refused.status == 429, count == "10" else { return nil }
                #expect(try refused.json["error"] == "Rate limit exceeded: 10 per 1 minute")
                return ()
            }
        }
    }

    @Test("APP_ENV=production starts with keys and without weak settings only, and names all of them")
    func production() async throws {
        try await Site.withoutDatabase { site in
            let weak = ["APP_ENV": "production", "ADMIN_API_KEY": "short", "DB_PASSWORD": "postgres"]
            let refused = try await site.run(["serve"], weak)
            #expect(refused.ending == .exit(78))
            for name in ["API_KEYS_REQUIRED", "ADMIN_API_KEY", "DB_PASSWORD"] {
                #expect(refused.errors.contains("\(name): "))
            }
        }
        try await Site.with { site in
            let service = try await site.serve(.api, Self.required.merging(["APP_ENV": "production"]) { $1 })
            #expect(try await service.client.get("/readyz").status == 200)
            #expect(try await service.client.get("/api/prompts/presets").status == 401)
        }
    }
}

extension Site {
    /// Makes a key by the command, as an operator does.
    fileprivate func makeKey(_ options: String...) async throws -> (text: String, id: String) {
        let made = try await run(["keys", "create", "--json"] + options)
        let line = try JSONParser().parse(made.output)
        guard made.ending == .exit(0), let text = line["key"]?.stringValue, let id = line["id"]?.stringValue else {
            throw Failure("no key was made: \(made.errors)")
        }
        return (text, id)
    }
}
