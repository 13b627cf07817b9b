import Domain
import JSON
import Telemetry
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

    @Test("large data stay behind when a job is claimed, and are there when they are asked for")
    func largeData() async throws {
        try await Bench.run { bench in
            let cells = (0..<2).map { String(repeating: "x", count: ClaimedJob.largestDataAtHand - 6 + $0) }
            let small = try await bench.claim(try await bench.submit(JobInput(query: "q", data: [[.string(cells[0])]])))
            #expect(small.dataBytesLeft == 0)
            #expect(small.input.data == [[.string(cells[0])]])
            let large = try await bench.claim(try await bench.submit(JobInput(query: "q", data: [[.string(cells[1])]])))
            #expect(large.dataBytesLeft == ClaimedJob.largestDataAtHand + 1)
            #expect(large.input == JobInput(query: "q"))
            #expect(try await bench.store.data(of: large.lease.id) == [[.string(cells[1])]])
            let none = try await bench.claim(try await bench.submit())
            #expect(none.dataBytesLeft == 0)
            #expect(try await bench.store.data(of: none.lease.id) == nil)
        }
    }

    @Test("of fifty claims at once exactly one wins")
    func concurrent() async throws {
        try await Bench.run(connections: 5) { bench in
            let id = try await bench.submit()
            let outcomes = try await withThrowingTaskGroup(of: ClaimOutcome.self) { group in
                for number in 0..<50 {
                    group.addTask { try await bench.tryClaim(id, owner: "w\(number)") }
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
                case .unknown, .unreadable: Issue.record("another outcome: \(outcome)")
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
            guard case .notWaiting(.failed) = try await bench.tryClaim(lease.id)
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
            guard case .unknown = try await bench.tryClaim(.random()) else {
                Issue.record("claimed a job that does not exist")
                return
            }
        }
    }

    private func job(
        _ id: JobID, _ input: JobInput, client: String = "kafka", offset: Int64 = 17, user: Int32? = nil
    ) -> AdoptedJob {
        AdoptedJob(
            ticket: JobTicket(id: id, client: client, priority: input.priority, createdAt: .now), input: input,
            position: QueuePosition(topic: "requests", partition: 3, offset: offset), userID: user)
    }

    @Test("many are claimed at once, each with its own outcome")
    func batch() async throws {
        try await Bench.run { bench in
            let waiting = [try await bench.submit(), try await bench.submit()]
            let held = try await bench.claimed().id
            let ended = try await bench.claimed()
            _ = try await bench.store.finish(ended, .completed(.sample()))
            let unknown = JobID.random()
            let ids = [held, waiting[1], unknown, ended.id, waiting[0]]
            let outcomes = try await bench.store.claim(ids, owner: "w", lease: .seconds(60))
            #expect(outcomes.count == 5)
            for id in waiting {
                guard case .claimed(let job)? = outcomes[id] else {
                    Issue.record("not claimed")
                    continue
                }
                #expect(job.lease == JobLease(id: id, token: FencingToken(1)))
            }
            guard case .notWaiting(.processing)? = outcomes[held], case .notWaiting(.completed)? = outcomes[ended.id],
                case .unknown? = outcomes[unknown]
            else {
                Issue.record("other outcomes: \(outcomes)")
                return
            }
            #expect(try await bench.store.claim([], owner: "w", lease: .seconds(60)).isEmpty)
        }
    }

    @Test("workers that claim the same jobs in any order never block each other, and each job goes to one of them")
    func overlapping() async throws {
        try await Bench.run(connections: 8) { bench in
            var ids: [JobID] = []
            for _ in 0..<60 { ids.append(try await bench.submit()) }
            let all = ids
            let entries = try await bench.outbox.take(limit: 100, lease: .seconds(60))
            let wins = try await withThrowingTaskGroup(of: [JobID].self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        let outcomes = try await bench.store.claim(all.shuffled(), owner: "w", lease: .seconds(60))
                        return outcomes.filter { if case .claimed = $0.value { true } else { false } }.map(\.key)
                    }
                }
                group.addTask {
                    try await bench.outbox.markPublished(
                        entries.entries.shuffled().map { PublishedEntry($0, partition: 0, offset: $0.sequence) }
                    )
                    return []
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(wins.count == 60)
            #expect(Set(wins) == Set(all))
            #expect(try await bench.value("SELECT count(*) FROM outbox WHERE kind = 'request'") == "0")
        }
    }

    @Test("of a claimed batch, what cannot be read says so, and the others are claimed")
    func unreadable() async throws {
        try await Bench.run { bench in
            let good = try await bench.submit()
            let bad = try await bench.submit()
            let deep = String(repeating: "[", count: 3_000) + String(repeating: "]", count: 3_000)
            try await bench.sql("UPDATE ai_requests SET input_data = '\(deep)' WHERE id = '\(bad)'")
            let outcomes = try await bench.store.claim([good, bad], owner: "w", lease: .seconds(60))
            guard case .claimed? = outcomes[good], case .unreadable(let lease, _)? = outcomes[bad] else {
                Issue.record("other outcomes: \(outcomes)")
                return
            }
            #expect(try await bench.store.finish(lease, .failed(JobFailure(.internal, "x"))))
        }
    }

    @Test("jobs are adopted together, or none of them is")
    func adoptMany() async throws {
        try await Bench.run { bench in
            let ids = [JobID.random(), .random(), .random()]
            let jobs = ids.enumerated().map {
                job($1, JobInput(query: "q"), client: "kafka:user:\($0)", offset: Int64($0), user: Int32($0))
            }
            try await bench.store.adopt(jobs)
            for (index, id) in ids.enumerated() {
                #expect(try await bench.column("client_id", of: id) == "kafka:user:\(index)")
                #expect(try await bench.column("user_id", of: id) == "\(index)")
                #expect(try await bench.store.status(of: id)?.state == .queued)
            }
            let others = [job(.random(), JobInput(query: "q")), job(.random(), JobInput(query: "\0"))]
            await #expect(throws: StoreError.self) { try await bench.store.adopt(others) }
            #expect(try await bench.store.status(of: others[0].ticket.id) == nil)
        }
    }

    @Test("a job that came over the queue is adopted once, whatever the redeliveries say")
    func adopt() async throws {
        try await Bench.run { bench in
            let id = JobID.random()
            let input = JobInput(query: "Из очереди", data: [[1]])
            try await bench.store.adopt([job(id, input)])
            try await bench.store.adopt([job(id, JobInput(query: "another text"))])
            #expect(try await bench.column("client_id || ' ' || status", of: id) == "kafka queued")
            let published = try await bench.outbox.unclaimed(publishedBefore: .zero)
            #expect(published.map(\.partition) == [3])
            #expect(published.map(\.offsets) == [17...17])
            let claimed = try await bench.claim(id)
            #expect(claimed.input == input)
            _ = try await bench.store.finish(claimed.lease, .completed(.sample()))
            try await bench.store.adopt([job(id, input)])
            #expect(try await bench.store.status(of: id)?.state == .completed)
            #expect(try await bench.outbox.unclaimed(publishedBefore: .zero).isEmpty)
        }
    }

    @Test("a job of the API is not touched by an adoption under its id")
    func adoptKnown() async throws {
        try await Bench.run { bench in
            let id = try await bench.submit(JobInput(query: "mine"))
            try await bench.store.adopt([job(id, JobInput(query: "theirs"))])
            #expect(try await bench.column("client_id || ' ' || query_text", of: id) == "tester mine")
        }
    }
}
