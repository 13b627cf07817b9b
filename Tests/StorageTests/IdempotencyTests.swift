import Domain
import Testing

@Suite("Job store: idempotency keys", .serialized)
struct IdempotencyTests {
    private static func key(
        _ key: String = "k-1", client: String = "c", payload: [UInt8] = [1, 2, 255]
    ) throws -> IdempotencyKey {
        try #require(IdempotencyKey(client: client, key: key, fingerprint: payload))
    }

    private static func submit(_ bench: Bench, _ key: IdempotencyKey, _ id: JobID = .random()) async throws
        -> Submission
    {
        try await bench.store.submit(id, JobInput(query: "x"), client: key.client, key: key)
    }

    private static func counts(_ bench: Bench) async throws -> String? {
        try await bench.value(
            """
            SELECT (SELECT count(*) FROM ai_requests) || ' ' || (SELECT count(*) FROM outbox)
                || ' ' || (SELECT count(*) FROM idempotency_keys)
            """)
    }

    @Test("the same key with the same payload gives the same id and makes one job")
    func repeated() async throws {
        try await Bench.run { bench in
            let id = JobID.random()
            let key = try Self.key()
            #expect(try await Self.submit(bench, key, id) == .accepted(id))
            for _ in 0..<3 {
                #expect(try await Self.submit(bench, key) == .repeated(id))
            }
            #expect(try await Self.counts(bench) == "1 1 1")
        }
    }

    @Test("the same key with another payload is refused and makes no job")
    func otherPayload() async throws {
        try await Bench.run { bench in
            _ = try await Self.submit(bench, try Self.key(payload: [1]))
            #expect(try await Self.submit(bench, try Self.key(payload: [2])) == .keyReused)
            #expect(try await Self.counts(bench) == "1 1 1")
        }
    }

    @Test("keys of different clients, and different keys of one client, never meet")
    func separate() async throws {
        try await Bench.run { bench in
            for key in [try Self.key(client: "a"), try Self.key(client: "b"), try Self.key("k-2", client: "a")] {
                let id = JobID.random()
                #expect(try await Self.submit(bench, key, id) == .accepted(id))
            }
            #expect(try await Self.counts(bench) == "3 3 3")
        }
    }

    @Test("a key is kept for a day: still after 23 hours, free for a new job after 25", arguments: [23, 25])
    func expiry(hours: Int) async throws {
        try await Bench.run { bench in
            let first = JobID.random()
            _ = try await Self.submit(bench, try Self.key(payload: [1]), first)
            try await bench.sql("UPDATE idempotency_keys SET created_at = created_at - interval '\(hours) hours'")
            let second = JobID.random()
            let submission = try await Self.submit(bench, try Self.key(payload: [2]), second)
            #expect(submission == (hours < 24 ? .keyReused : .accepted(second)))
            if hours > 24 {
                #expect(try await Self.submit(bench, try Self.key(payload: [2])) == .repeated(second))
                #expect(try await bench.store.status(of: first) != nil)
            }
        }
    }

    @Test("what a key was used for can be asked for a day, and nothing is stored by it", arguments: [23, 25])
    func earlier(hours: Int) async throws {
        try await Bench.run { bench in
            #expect(try await bench.store.earlierSubmission(with: try Self.key()) == nil)
            let id = JobID.random()
            _ = try await Self.submit(bench, try Self.key(payload: [1]), id)
            try await bench.sql("UPDATE idempotency_keys SET created_at = created_at - interval '\(hours) hours'")
            let same = try await bench.store.earlierSubmission(with: try Self.key(payload: [1]))
            let other = try await bench.store.earlierSubmission(with: try Self.key(payload: [2]))
            #expect(same == (hours < 24 ? .repeated(id) : nil))
            #expect(other == (hours < 24 ? .keyReused : nil))
            #expect(try await bench.store.earlierSubmission(with: try Self.key(client: "d", payload: [1])) == nil)
            #expect(try await Self.counts(bench) == "1 1 1")
        }
    }

    @Test("twenty submissions at once with one key make exactly one job, and all learn its id")
    func concurrent() async throws {
        try await Bench.run(connections: 5) { bench in
            let key = try Self.key()
            let submissions = try await withThrowingTaskGroup(of: Submission.self) { group in
                for _ in 0..<20 { group.addTask { try await Self.submit(bench, key) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            let accepted = submissions.compactMap { if case .accepted(let id) = $0 { id } else { nil } }
            #expect(accepted.count == 1)
            let repeated = submissions.compactMap { if case .repeated(let id) = $0 { id } else { nil } }
            #expect(repeated.count == 19)
            #expect(Set(repeated + accepted).count == 1)
            #expect(try await Self.counts(bench) == "1 1 1")
        }
    }
}
