import Domain
import JSON
import Testing

@Suite("Job ledger: claiming", .serialized)
struct ClaimTests {
    @Test("a claim takes the job with its input, and its request leaves the outbox")
    func claim() async throws {
        try await Bench.run { bench in
            let input = JobInput(
                query: "Посчитай", inputRange: "A1:B2", category: "search", data: [[1], ["b", .null]],
                outputRange: "C1", priority: try #require(JobPriority(10)))
            let id = try await bench.submit(input)
            let other = try await bench.submit()
            let job = try await bench.claim(id, owner: "worker-7", lease: .seconds(30))
            #expect(job.lease == JobLease(id: id, token: FencingToken(1)))
            #expect(job.input == input)
            #expect(job.attempt == 1)
            let status = try await bench.store.status(of: id)
            #expect(status?.createdAt == job.createdAt)
            #expect(try await bench.column("lease_owner", of: id) == "worker-7")
            let isHeld = "lease_until BETWEEN now() + interval '20 seconds' AND now() + interval '30 seconds'"
            #expect(try await bench.column(isHeld, of: id) == "true")
            #expect(try await bench.outboxEntries(of: id) == [])
            #expect(try await bench.outboxEntries(of: other) == ["request"])
        }
    }

    @Test("of fifty claims at once exactly one wins")
    func concurrent() async throws {
        try await Bench.run(connections: 5) { bench in
            let id = try await bench.submit()
            let outcomes = try await withThrowingTaskGroup(of: ClaimOutcome.self) { group in
                for number in 0..<50 {
                    group.addTask { try await bench.store.claim(id, owner: "w\(number)", lease: .seconds(60)) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            var wins = 0
            for outcome in outcomes {
                switch outcome {
                case .claimed(let job):
                    wins += 1
                    #expect(job.lease.token == FencingToken(1))
                case .notWaiting(let state): #expect(state == .processing)
                case .unknown: Issue.record("a stored job is unknown")
                }
            }
            #expect(wins == 1)
            #expect(try await bench.store.status(of: id)?.attempts == 1)
        }
    }

    @Test("a job that has ended cannot be claimed, and keeps its end")
    func ended() async throws {
        try await Bench.run { bench in
            let lease = try await bench.claimed()
            _ = try await bench.store.finish(lease, .failed(JobFailure(.auth, "x")))
            guard case .notWaiting(.failed) = try await bench.store.claim(lease.id, owner: "w", lease: .seconds(60))
            else {
                Issue.record("claimed after the end")
                return
            }
            #expect(try await bench.store.status(of: lease.id)?.attempts == 1)
        }
    }

    @Test("a job that nobody knows is unknown")
    func unknown() async throws {
        try await Bench.run { bench in
            guard case .unknown = try await bench.store.claim(.random(), owner: "w", lease: .seconds(60)) else {
                Issue.record("claimed a job that does not exist")
                return
            }
        }
    }

    private let place = QueuePosition(topic: "requests", partition: 3, offset: 17)

    @Test("a job that came over the queue is adopted once, whatever the redeliveries say")
    func adopt() async throws {
        try await Bench.run { bench in
            let id = JobID.random()
            let input = JobInput(query: "Из очереди", data: [[1]])
            try await bench.store.adopt(id, input, from: place)
            try await bench.store.adopt(id, JobInput(query: "another text"), from: place)
            #expect(try await bench.column("client_id || ' ' || status", of: id) == "kafka queued")
            let published = try await bench.outbox.unclaimed(publishedBefore: .zero)
            #expect(published.map(\.partition) == [3])
            #expect(published.map(\.offsets) == [17...17])
            let job = try await bench.claim(id)
            #expect(job.input == input)
            _ = try await bench.store.finish(job.lease, .completed(.sample()))
            try await bench.store.adopt(id, input, from: place)
            #expect(try await bench.store.status(of: id)?.state == .completed)
            #expect(try await bench.outbox.unclaimed(publishedBefore: .zero).isEmpty)
        }
    }

    @Test("a job of the API is not touched by an adoption under its id")
    func adoptKnown() async throws {
        try await Bench.run { bench in
            let id = try await bench.submit(JobInput(query: "mine"))
            try await bench.store.adopt(id, JobInput(query: "theirs"), from: place)
            #expect(try await bench.column("client_id || ' ' || query_text", of: id) == "tester mine")
        }
    }
}
