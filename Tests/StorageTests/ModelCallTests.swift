import Domain
import Telemetry
import Testing

@Suite("The journal of model calls", .serialized)
struct ModelCallTests {
    private static func call(of job: JobID?, at seconds: Int64 = 1_778_314_530) -> ModelCall {
        let start = WallTime(microseconds: seconds * 1_000_000 + 125)
        var call = ModelCall(
            id: CallID(at: start), job: job, callerID: "caller", client: "10.0.0.1", stage: .generation,
            startedAt: start)
        (call.provider, call.model, call.answeredModel) = ("gigachat", "GigaChat-2", "GigaChat-2:2.0.28.2")
        (call.attempts, call.gateWait, call.duration) = (2, .milliseconds(15), .milliseconds(2_500))
        call.tokens = TokenUsage(prompt: 17, completion: 3, precached: 2)
        (call.cost, call.currency) = (CallCost(trillionths: 1_300_000_000), "RUB")
        (call.upstreamID, call.questionBytes, call.answerBytes) = ("up-1", 40, 7)
        (call.question, call.answer) = ("[\"Ёлка\\\" {}\"]", "a\tb")
        return call
    }

    @Test("a call comes back as it was taken down")
    func roundTrip() async throws {
        try await Bench.run { bench in
            let job = JobID.random()
            let full = Self.call(of: job)
            var bare = ModelCall(
                id: CallID(at: .now), job: job, callerID: "", stage: .classification,
                startedAt: WallTime(microseconds: 1_778_314_531_000_000))
            bare.failureClass = .rateLimited
            try await bench.calls.append([full, bare, Self.call(of: nil), Self.call(of: .random())])
            let found = try await bench.store.calls(of: job, limit: 10)
            #expect(Set(found.map(\.id)) == [full.id, bare.id])
            #expect(found.contains(full) && found.contains(bare))
            #expect(try await bench.store.calls(of: job, limit: 1).count == 1)
            #expect(try await bench.store.calls(of: .random(), limit: 10).isEmpty)
        }
    }

    @Test("the same call twice is there once, and nothing is stored for no calls")
    func twice() async throws {
        try await Bench.run { bench in
            let calls = [Self.call(of: nil), Self.call(of: nil)]
            try await bench.calls.append([calls[0]])
            try await bench.calls.append(calls)
            try await bench.calls.append([])
            #expect(try await bench.value("SELECT count(*) FROM model_calls") == "2")
        }
    }

    @Test("a job's result tells what its recorded calls cost, unless they were priced in two currencies")
    func cost() async throws {
        try await Bench.run { bench in
            func cost(_ id: JobID) async throws -> JobCost? {
                guard case .completed(let output, _)? = try await bench.store.result(of: id) else { return nil }
                return output.cost
            }
            let lease = try await bench.claimed()
            _ = try await bench.store.finish(lease, .completed(.sample()))
            #expect(try await cost(lease.id) == nil)
            var free = Self.call(of: lease.id)
            (free.cost, free.currency) = (nil, nil)
            try await bench.calls.append([Self.call(of: lease.id), Self.call(of: lease.id), free, Self.call(of: nil)])
            let sum = JobCost(CallCost(trillionths: 2_600_000_000), currency: "RUB")
            #expect(try await cost(lease.id) == sum)
            var other = Self.call(of: lease.id)
            other.currency = "EUR"
            try await bench.calls.append([other])
            #expect(try await cost(lease.id) == nil)
        }
    }

    @Test("what PostgreSQL cannot store in a text is replaced")
    func nul() async throws {
        try await Bench.run { bench in
            let job = JobID.random()
            var call = Self.call(of: job)
            (call.answer, call.upstreamID) = ("a\0b", "\0")
            try await bench.calls.append([call])
            let found = try await bench.store.calls(of: job, limit: 1).first
            #expect(found?.answer == "a\u{FFFD}b" && found?.upstreamID == "\u{FFFD}")
        }
    }

    @Test("a call cannot be changed afterwards")
    func final() async throws {
        try await Bench.run { bench in
            try await bench.calls.append([Self.call(of: nil)])
            await #expect(throws: (any Error).self) { try await bench.sql("UPDATE model_calls SET outcome = 'x'") }
            #expect(try await bench.value("SELECT outcome FROM model_calls") == "ok")
        }
    }

    @Test("old calls go by batches, the oldest first, and young ones stay")
    func pruned() async throws {
        try await Bench.run { bench in
            let now = WallTime.now.seconds
            let ages: [Int64] = [31, 33, 32, 29]
            try await bench.calls.append(ages.map { Self.call(of: nil, at: now - $0 * 86_400) })
            let month = Duration.seconds(30 * 86_400)
            #expect(try await bench.store.deleteCalls(longerAgoThan: month, limit: 2) == 2)
            #expect(try await bench.value("SELECT count(*) FROM model_calls") == "2")
            #expect(try await bench.store.deleteCalls(longerAgoThan: month, limit: 2) == 1)
            #expect(try await bench.store.deleteCalls(longerAgoThan: month, limit: 2) == 0)
            let left = try await bench.value("SELECT date_part('day', now() - created_at) FROM model_calls")
            #expect(left == "29")
        }
    }
}
