import Domain
import EventLoop
import JSON
import Telemetry
import Testing

@Suite("Outbox: what is handed to the process's own relay", .serialized)
struct HandOverTests {
    private static let trace = TraceContext(traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")

    /// What a message is made of.
    private static func text(_ entry: OutboxEntry) -> String {
        "\(entry.sequence) \(entry.id) \(entry.createdAt) \(entry.client ?? "-") \(entry.content)"
            + " \(entry.trace?.traceparent ?? "-")"
    }

    /// What is handed over, and what the table says of the same jobs.
    private static func twice(_ bench: Bench) async throws -> (handed: [String], read: [String]) {
        let handed = try await bench.outbox.take(limit: 100, lease: .seconds(60)).entries
        try await bench.sql("UPDATE outbox SET hidden_until = '-infinity'")
        try await pause(bench)
        let read = try await bench.outbox.take(limit: 100, lease: .seconds(60)).entries
        return (handed.map(text), read.map(text))
    }

    /// The table is not looked at more than 20 times a second.
    private static func pause(_ bench: Bench) async throws {
        try await bench.loops[0].sleep(for: .milliseconds(60))
    }

    @Test("a new job is handed over just as it is read from the table, and is hidden there meanwhile")
    func request() async throws {
        try await Bench.run(handsOver: true) { bench in
            var input = JobInput(
                query: #"Считай "это"\"#, inputRange: "A1", category: "search", data: [[1, "я", .null, 0.5]],
                outputRange: "B2", priority: try #require(JobPriority(3)))
            input.model = "m"
            input.trace = Self.trace
            let id = try await bench.submit(input)
            #expect(try await bench.value("SELECT hidden_until > now() FROM outbox") == "t")
            let (handed, read) = try await Self.twice(bench)
            #expect(handed.count == 1 && handed == read)
            #expect(handed.first?.contains("\(id)") == true)
        }
    }

    @Test("a job with a key is handed over once, however often it is sent")
    func keyed() async throws {
        try await Bench.run(handsOver: true) { bench in
            let key = try #require(
                IdempotencyKey(client: "c", key: "k", fingerprint: Array(repeating: 7, count: 32)))
            let input = JobInput(query: "q")
            let id = JobID.random()
            for id in [id, JobID.random()] {
                _ = try await bench.store.submit(id, input, client: "c", key: key)
            }
            #expect(try await bench.outbox.take(limit: 9, lease: .seconds(60)).entries.map(\.id) == [id])
        }
    }

    @Test(
        "an end is handed over just as it is read from the table, with the tokens of all tries",
        arguments: FinishTests.ends)
    func response(end: JobEnd) async throws {
        try await Bench.run(handsOver: true) { bench in
            let first = try await bench.claimed()
            _ = try await bench.outbox.take(limit: 9, lease: .seconds(60))
            let busy = JobFailure(.server, "x", isRetryable: true, tokens: TokenUsage(prompt: 7, completion: 1))
            _ = try await bench.store.retryLater(
                first, ScheduledRetry(after: busy, pause: .zero, timeSpent: .seconds(1)))
            let second = try await bench.claim(first.id).lease
            #expect(try await bench.store.finish(first, end) == false)
            #expect(try await bench.store.finish(second, end))
            let (handed, read) = try await Self.twice(bench)
            #expect(handed.count == 1 && handed == read)
            #expect(handed.first?.contains("response") == true)
        }
    }

    @Test("what was handed over and lost with the process is read from the table when its time has come")
    func lost() async throws {
        try await Bench.run(handsOver: true) { bench in
            let id = try await bench.submit(JobInput(query: "q"))
            #expect(try await bench.outbox.take(limit: 9, lease: .seconds(60)).entries.map(\.id) == [id])
            try await Self.pause(bench)
            #expect(try await bench.outbox.take(limit: 9, lease: .seconds(60)).entries.isEmpty)
            try await bench.sql("UPDATE outbox SET hidden_until = hidden_until - interval '10 s'")
            try await Self.pause(bench)
            #expect(try await bench.outbox.take(limit: 9, lease: .seconds(60)).entries.map(\.id) == [id])
        }
    }
}
