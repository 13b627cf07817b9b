import Domain
import Testing

@Suite("Job ledger: finishing", .serialized)
struct FinishTests {
    static let ends: [JobEnd] = [.completed(.sample()), .failed(JobFailure(.timeout, "x", isRetryable: true))]

    @Test("an end writes exactly one response into the outbox and gives up the hold", arguments: ends)
    func oneResponse(end: JobEnd) async throws {
        try await Bench.run { bench in
            let lease = try await bench.claimed()
            #expect(try await bench.store.finish(lease, end))
            #expect(try await bench.store.finish(lease, end) == false)
            #expect(try await bench.outboxEntries(of: lease.id) == ["response"])
            #expect(try await bench.column("num_nulls(lease_owner, lease_until)", of: lease.id) == "2")
        }
    }

    @Test("what each try cost adds up, whether it answered, failed or is followed by another", arguments: ends)
    func tokens(end: JobEnd) async throws {
        try await Bench.run { bench in
            let first = try await bench.claimed()
            let busy = JobFailure(.server, "x", isRetryable: true, tokens: TokenUsage(prompt: 7, completion: 1))
            _ = try await bench.store.retryLater(
                first, ScheduledRetry(after: busy, pause: .zero, timeSpent: .seconds(1)))
            let second = try await bench.claim(first.id).lease
            var end = end
            if case .failed(var failure) = end {
                failure.tokens = TokenUsage(prompt: 10, completion: 5, precached: 3)
                end = .failed(failure)
            }
            #expect(try await bench.store.finish(second, end))
            let columns = "ARRAY[tokens_used, tokens_prompt, tokens_completion, tokens_precached]"
            #expect(try await bench.column(columns, of: first.id) == "{23,17,6,3}")
            switch try await bench.store.result(of: first.id) {
            case .completed(let output, _): #expect(output.tokens.total == 23)
            case .failed(let failure): #expect(failure.tokens.total == 23)
            case let other: Issue.record("not ended: \(String(describing: other))")
            }
        }
    }

    @Test("a late end under an old token stores nothing", arguments: ends)
    func fencing(end: JobEnd) async throws {
        try await Bench.run { bench in
            let late = try await bench.claimed()
            try await bench.store.handBack([late])
            let present = try await bench.claim(late.id).lease
            #expect(present.token.value > late.token.value)
            #expect(try await bench.store.finish(late, end) == false)
            #expect(try await bench.store.result(of: late.id) == .unfinished(.processing))
            #expect(try await bench.outboxEntries(of: late.id) == [])
            #expect(try await bench.store.finish(present, .failed(JobFailure(.blocked, "the present one's"))))
            #expect(try await bench.store.finish(late, end) == false)
            #expect(
                try await bench.store.result(of: late.id) == .failed(JobFailure(.blocked, "the present one's")))
            #expect(try await bench.outboxEntries(of: late.id) == ["response"])
        }
    }

    @Test("an end after the hold was given back stores nothing, though nobody else has taken the job")
    func afterHandBack() async throws {
        try await Bench.run { bench in
            let lease = try await bench.claimed()
            try await bench.store.handBack([lease])
            #expect(try await bench.store.finish(lease, .completed(.sample())) == false)
            #expect(try await bench.store.result(of: lease.id) == .unfinished(.queued))
            #expect(try await bench.outboxEntries(of: lease.id) == ["request"])
        }
    }

    @Test("an end after the hold has run out is still taken while nobody else has the job")
    func expiredButOurs() async throws {
        try await Bench.run { bench in
            let lease = try await bench.claimed(lease: .seconds(-1))
            #expect(try await bench.store.finish(lease, .completed(.sample())))
        }
    }

    @Test("of twenty ends at once exactly one is stored")
    func concurrent() async throws {
        try await Bench.run(connections: 5) { bench in
            let lease = try await bench.claimed()
            let stored = try await withThrowingTaskGroup(of: Bool.self) { group in
                for number in 0..<20 {
                    group.addTask { try await bench.store.finish(lease, Self.ends[number % 2]) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(stored.count(where: \.self) == 1)
            #expect(try await bench.outboxEntries(of: lease.id) == ["response"])
        }
    }

    @Test("an end under an unknown job's hold stores nothing")
    func unknown() async throws {
        try await Bench.run { bench in
            let lease = JobLease(id: .random(), token: FencingToken(1))
            let isStored = try await bench.store.finish(lease, .completed(.sample()))
            #expect(!isStored)
        }
    }
}
