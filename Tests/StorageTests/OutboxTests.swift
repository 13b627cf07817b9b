import Domain
import JSON
import Testing

/// What an entry says, without the seconds that differ from run to run.
private enum Contents: Equatable {
    case request(JobInput)
    case completed(JobOutput)
    case failed(JobFailure)
    case other
}

private func contents(_ content: OutboxEntry.Content) -> Contents {
    switch content {
    case .request(let input): .request(input)
    case .response(.completed(let output, let inside), let seconds) where inside == seconds && seconds >= 0:
        .completed(output)
    case .response(.failed(let failure), let seconds) where seconds >= 0: .failed(failure)
    case .response: .other
    }
}

@Suite("Outbox: taking and marking", .serialized)
struct OutboxTests {
    @Test("an entry of a request carries the job's input, one of a response its end")
    func carried() async throws {
        try await Bench.run { bench in
            var input = JobInput(query: "Считай", inputRange: "A1", category: "search", data: [[1]], outputRange: "B2")
            input.model = "m"
            let request = try await bench.submit(input)
            let completed = try await bench.claimed()
            _ = try await bench.store.finish(completed, .completed(.sample()))
            let failed = try await bench.claimed()
            let failure = JobFailure(.blocked, "нет")
            _ = try await bench.store.finish(failed, .failed(failure))
            let entries = try await bench.outbox.take(limit: 10, lease: .seconds(60)).entries
            #expect(entries.map(\.id) == [request, completed.id, failed.id])
            #expect(entries[0].createdAt == (try await bench.store.status(of: request)?.createdAt))
            #expect(entries.map { contents($0.content) } == [.request(input), .completed(.sample()), .failed(failure)])
        }
    }

    @Test("data above the bound stays behind, the job does not")
    func largeData() async throws {
        try await Bench.run { bench in
            let small = try await bench.submit(JobInput(query: "small", data: [["x"]]))
            let large = try await bench.submit(
                JobInput(query: "large", data: [[.string(String(repeating: "я", count: 10_000))]]))
            let entries = try await bench.outbox.take(limit: 10, lease: .seconds(60)).entries
            #expect(entries.map(\.id) == [small, large])
            let data = entries.map { entry -> JSONText? in
                if case .request(let input) = entry.content { input.data } else { nil }
            }
            #expect(data == [[["x"]], nil])
        }
    }

    @Test("the oldest entries go first, at most as many as asked for, and taken ones are out of sight")
    func order() async throws {
        try await Bench.run { bench in
            var ids: [JobID] = []
            for _ in 0..<5 { ids.append(try await bench.submit()) }
            #expect(try await bench.outbox.take(limit: 2, lease: .seconds(60)).entries.map(\.id) == Array(ids[0..<2]))
            #expect(try await bench.outbox.take(limit: 9, lease: .seconds(60)).entries.map(\.id) == Array(ids[2..<5]))
            #expect(try await bench.outbox.take(limit: 9, lease: .seconds(60)).entries.isEmpty)
        }
    }

    @Test("relays that take at once never share an entry and leave none behind")
    func concurrentTakers() async throws {
        try await Bench.run(connections: 4) { bench in
            try await bench.sql(Rows.queued(300))
            let taken = try await withThrowingTaskGroup(of: [Int64].self) { group in
                for _ in 0..<8 {
                    group.addTask {
                        var mine: [Int64] = []
                        while true {
                            let entries = try await bench.outbox.take(limit: 7, lease: .seconds(60)).entries
                            if entries.isEmpty { return mine }
                            #expect(entries.map(\.sequence) == entries.map(\.sequence).sorted())
                            mine += entries.map(\.sequence)
                        }
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(Set(taken).count == taken.count)
            // A taker may find every row locked by another and stop; the rest is in sight for the next one.
            let rest = try await bench.outbox.take(limit: 300, lease: .seconds(60)).entries
            #expect(taken.count + rest.count == 300)
        }
    }

    @Test("entries taken by a relay that died come back after their lease")
    func deadRelay() async throws {
        try await Bench.run { bench in
            let id = try await bench.submit()
            let first = try await bench.outbox.take(limit: 1, lease: .milliseconds(1)).entries
            var second: [OutboxEntry] = []
            while second.isEmpty { second = try await bench.outbox.take(limit: 1, lease: .seconds(60)).entries }
            #expect(second.map(\.sequence) == first.map(\.sequence))
            #expect(second.map(\.id) == [id])
        }
    }

    @Test("entries put back come into sight after the delay, not before")
    func putBack() async throws {
        try await Bench.run { bench in
            let id = try await bench.submit()
            let taken = try await bench.outbox.take(limit: 1, lease: .seconds(600)).entries.map(\.sequence)
            try await bench.outbox.putBack(taken, delay: .seconds(60))
            #expect(try await bench.outbox.take(limit: 1, lease: .seconds(600)).entries.isEmpty)
            try await bench.outbox.putBack(taken, delay: .seconds(-1))
            #expect(try await bench.outbox.take(limit: 1, lease: .seconds(600)).entries.map(\.id) == [id])
            try await bench.outbox.putBack([], delay: .zero)
        }
    }

    @Test("a published request is remembered with its place, a published response is forgotten")
    func markPublished() async throws {
        try await Bench.run { bench in
            let request = try await bench.submit()
            let ended = try await bench.claimed()
            _ = try await bench.store.finish(ended, .completed(.sample()))
            let untouched = try await bench.submit()
            let entries = try await bench.outbox.take(limit: 2, lease: .zero).entries
            try await bench.outbox.markPublished(
                entries.map { PublishedEntry($0, partition: 3, offset: 100 + $0.sequence) })
            #expect(try await bench.outboxEntries(of: request) == ["request published"])
            #expect(try await bench.outboxEntries(of: ended.id) == [])
            #expect(try await bench.outboxEntries(of: untouched) == ["request"])
            let place =
                "SELECT queue_partition || ' ' || queue_offset - sequence FROM outbox WHERE job_id = '\(request)'"
            #expect(try await bench.value(place) == "3 100")
            #expect(try await bench.outbox.take(limit: 9, lease: .zero).entries.map(\.id) == [untouched])
            try await bench.outbox.markPublished([])
        }
    }

    @Test("an entry that a fast worker has claimed before it is marked does not come back")
    func claimedBeforeMarked() async throws {
        try await Bench.run { bench in
            let id = try await bench.submit()
            let entry = try #require(try await bench.outbox.take(limit: 1, lease: .zero).entries.first)
            let lease = try await bench.claim(id).lease
            let place = PublishedEntry(entry, partition: 0, offset: 1)
            try await bench.outbox.markPublished([place])
            #expect(try await bench.outboxEntries(of: id) == [])
            // Handed back, the job has a new entry; the late mark of the old one must not touch it.
            try await bench.store.handBack([lease])
            try await bench.outbox.markPublished([place])
            #expect(try await bench.outboxEntries(of: id) == ["request"])
        }
    }

    @Test("a published entry cannot be put back")
    func putBackPublished() async throws {
        try await Bench.run { bench in
            _ = try await bench.submit()
            let entry = try #require(try await bench.outbox.take(limit: 1, lease: .zero).entries.first)
            try await bench.outbox.markPublished([PublishedEntry(entry, partition: 0, offset: 1)])
            try await bench.outbox.putBack([entry.sequence], delay: .seconds(-1))
            #expect(try await bench.outbox.take(limit: 1, lease: .zero).entries.isEmpty)
        }
    }

    @Test("a response that cannot be read is told apart from its batch, and parked it is out of sight for good")
    func unreadableResponse() async throws {
        try await Bench.run { bench in
            var ended: [JobID] = []
            for _ in 0..<5 {
                let lease = try await bench.claimed()
                _ = try await bench.store.finish(lease, .completed(.sample()))
                ended.append(lease.id)
            }
            try await bench.sql(Self.deepJSON("result_warnings", of: ended[2]))
            let taken = try await bench.outbox.take(limit: 10, lease: .zero)
            #expect(taken.entries.map(\.id) == ended.filter { $0 != ended[2] })
            #expect(taken.unreadable.count == 1)
            try await bench.outbox.park(taken.unreadable.map(\.sequence))
            let rest = try await bench.outbox.take(limit: 10, lease: .zero)
            #expect(rest.entries.count == 4)
            #expect(rest.unreadable.isEmpty)
            #expect(try await bench.outboxEntries(of: ended[2]) == ["response"])
        }
    }

    @Test("a request whose data cannot be read goes without them, so that a worker sees to its end")
    func unreadableRequest() async throws {
        try await Bench.run { bench in
            let id = try await bench.submit(JobInput(query: "Считай", data: [[1]]))
            try await bench.sql(Self.deepJSON("input_data", of: id))
            let taken = try await bench.outbox.take(limit: 10, lease: .zero)
            #expect(taken.entries.map { contents($0.content) } == [.request(JobInput(query: "Считай"))])
        }
    }

    /// Deeper than the service reads, which it would never have stored itself.
    private static func deepJSON(_ column: String, of id: JobID) -> String {
        "UPDATE ai_requests SET \(column) = (repeat('[', 200) || repeat(']', 200))::jsonb WHERE id = '\(id)'"
    }

    @Test("a table above the bound stays behind, and so does an end's text; the response says so")
    func largeEnds() async throws {
        try await Bench.run { bench in
            let long = String(repeating: "я", count: 10_000)
            for output in [JobOutput.sample(), .sample(table: [[.string(long)]]), .sample(table: nil, message: long)] {
                _ = try await bench.store.finish(try await bench.claimed(), .completed(output))
            }
            let entries = try await bench.outbox.take(limit: 10, lease: .seconds(60)).entries
            #expect(entries.map(\.isLeftOut) == [false, true, true])
            #expect(entries.map(\.bytes).allSatisfy { $0 < 10_000 })
        }
    }

    @Test("the tables of a batch are bounded together: what is beyond is put back at once and comes with the next")
    func boundedEnds() async throws {
        try await Bench.run { bench in
            let lease = try await bench.claimed()
            let table = JSONValue.array([.array([.string(String(repeating: "x", count: 9_000))])])
            _ = try await bench.store.finish(lease, .completed(.sample(table: table)))
            try await bench.sql(
                """
                WITH job AS (
                    INSERT INTO ai_requests (id, client_id, status, query_text, result_data, completed_at)
                    SELECT gen_random_uuid(), 'c', 'completed', 'x', result_data, now()
                    FROM ai_requests, generate_series(1, 999)
                    RETURNING id)
                INSERT INTO outbox (job_id, kind) SELECT id, 'response' FROM job
                """)
            var sequences: [Int64] = []
            while true {
                let taken = try await bench.outbox.take(limit: 600, lease: .seconds(60))
                guard taken.count > 0 else { break }
                #expect(taken.entries.reduce(0) { $0 + $1.bytes } <= 5 << 20)
                #expect(taken.entries.allSatisfy { !$0.isLeftOut && $0.bytes > 9_000 })
                if sequences.isEmpty {
                    #expect((455...470).contains(taken.count) && taken.leftCount == 600 - taken.count)
                }
                sequences += taken.entries.map(\.sequence)
            }
            #expect(sequences.count == 1000)
            #expect(sequences == sequences.sorted())
        }
    }

    @Test("the data of a batch are bounded together: what is beyond stays behind, the jobs do not")
    func boundedBatch() async throws {
        try await Bench.run { bench in
            let row = JSONValue.array([.string(String(repeating: "x", count: 9_000))])
            for _ in 0..<10 { _ = try await bench.submit(JobInput(query: "x", data: [row])) }
            try await bench.sql(
                """
                WITH job AS (
                    INSERT INTO ai_requests (id, client_id, status, query_text, input_data)
                    SELECT gen_random_uuid(), 'c', 'queued', 'x', input_data
                    FROM (SELECT input_data FROM ai_requests LIMIT 1) AS one, generate_series(1, 1990)
                    RETURNING id)
                INSERT INTO outbox (job_id, kind) SELECT id, 'request' FROM job
                """)
            let entries = try await bench.outbox.take(limit: 2000, lease: .seconds(60)).entries
            #expect(entries.count == 2000)
            let withData = entries.prefix {
                if case .request(let input) = $0.content { input.data != nil } else { false }
            }
            #expect((455...470).contains(withData.count))
        }
    }
}
