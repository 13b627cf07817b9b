import API
import Domain
import EventLoop
import JSON
import TestSupport
import Testing

@Suite("API: Prefer: wait", .timeLimit(.minutes(10)))
struct PreferenceTests {
    private static let body = #"{"query_text":"q"}"#

    @Test(
        "a submission whose job ends in time is answered with its result",
        arguments: [
            ("wait=30", "wait=30"), ("respond-async, wait=30", "wait=30"), ("Wait = \"30\"", "wait=30"),
            ("wait=3600", "wait=60"), ("wait=99999999999999999999", "wait=60"),
        ])
    func processEnds(preference: String, applied: String) async throws {
        try await TestAPI.with { test in
            let client = try await test.connect()
            try await client.request("POST", "/api/ai/process", ["Prefer: \(preference)"], body: Self.body)
            let store = test.store
            #expect(try await eventually(on: test.loop) { !store.jobs.isEmpty })
            #expect(await client.isSilent(for: .milliseconds(5)))
            store.finishAll(.sample)
            let answer = try await client.receive()
            #expect(answer.status == 200)
            #expect(answer["preference-applied"] == applied)
            #expect(answer.json["success"] == true)
            #expect(answer.json["output_range"] == "A12:B15")
        }
    }

    @Test("a submission whose job fails in time is answered with the failure")
    func processFails() async throws {
        try await TestAPI.with { test in
            let client = try await test.connect()
            try await client.request("POST", "/api/ai/process", ["Prefer: wait=30"], body: Self.body)
            let store = test.store
            #expect(try await eventually(on: test.loop) { !store.jobs.isEmpty })
            let id = try #require(store.jobs.keys.first)
            store.update(id, to: .failed, .failed(JobFailure(.blocked, "Модель отказалась отвечать")))
            let answer = try await client.receive()
            #expect(answer.status == 200)
            #expect(answer.json["error"]?["class"] == "blocked")
        }
    }

    @Test("a job that is durable is accepted, though its end cannot be looked up")
    func lookUpFails() async throws {
        try await TestAPI.with { test in
            let client = try await test.connect()
            try await client.request("POST", "/api/ai/process", ["Prefer: wait=1"], body: Self.body)
            let store = test.store
            #expect(try await eventually(on: test.loop) { !store.jobs.isEmpty })
            store.fail(with: .unavailable("away"))
            #expect(try await client.receive().status == 202)
        }
    }

    @Test("a submission whose job does not end in time is answered as accepted, after that time")
    func processDoesNotEnd() async throws {
        try await TestAPI.with { test in
            let start = MonotonicTime.now
            let answer = try await test.process(Self.body, ["Prefer: wait=1"])
            #expect(MonotonicTime.now - start >= .seconds(1))
            #expect(answer.status == 202)
            #expect(answer["preference-applied"] == nil)
            #expect(answer.json["status"] == "queued")
        }
    }

    @Test("no wait is no wait", arguments: ["wait=0", "wait=-1", "wait=+5", "wait=soon", "respond-async", "wait"])
    func noWait(preference: String) async throws {
        try await TestAPI.with { test in
            let start = MonotonicTime.now
            let answer = try await test.process(Self.body, ["Prefer: \(preference)"])
            #expect(answer.status == 202)
            #expect(MonotonicTime.now - start < .seconds(10))
        }
    }

    @Test("a status is answered when it changes")
    func statusChanges() async throws {
        try await TestAPI.with { test in
            let id = try await test.submit()
            let client = try await test.connect()
            try await client.request("GET", "/api/ai/status/\(id)", ["Prefer: wait=30"])
            #expect(await client.isSilent(for: .milliseconds(50)))
            test.store.update(id, to: .processing)
            let answer = try await client.receive()
            #expect(answer.json["status"] == "processing")
            #expect(answer["preference-applied"] == "wait=30")
        }
    }

    @Test("a status that does not change is answered after the time, and may be not modified")
    func statusDoesNotChange() async throws {
        try await TestAPI.with { test in
            let id = try await test.submit()
            let tag = try #require(try await test.get("/api/ai/status/\(id)")["etag"])
            let start = MonotonicTime.now
            let answer = try await test.get("/api/ai/status/\(id)", ["Prefer: wait=1", "If-None-Match: \(tag)"])
            #expect(MonotonicTime.now - start >= .seconds(1))
            #expect(answer.status == 304)
        }
    }

    @Test("a result is answered when the job ends, not when it only goes on")
    func resultEnds() async throws {
        try await TestAPI.with { test in
            let id = try await test.submit()
            let client = try await test.connect()
            try await client.request("GET", "/api/ai/result/\(id)", ["Prefer: wait=30"])
            test.store.update(id, to: .processing)
            #expect(await client.isSilent(for: .milliseconds(60)))
            test.store.finishAll(.sample)
            let answer = try await client.receive()
            #expect(answer.json["status"] == "completed")
            #expect(answer["preference-applied"] == "wait=30")
        }
    }

    @Test("nobody waits for what has ended", arguments: ["status", "result"])
    func alreadyEnded(kind: String) async throws {
        try await TestAPI.with { test in
            let id = try await test.submit()
            test.store.finishAll(.sample)
            let start = MonotonicTime.now
            let answer = try await test.get("/api/ai/\(kind)/\(id)", ["Prefer: wait=30"])
            #expect(answer.json["status"] == "completed")
            #expect(MonotonicTime.now - start < .seconds(10))
        }
    }

    @Test("many who wait are all answered, each in its own time")
    func many() async throws {
        try await TestAPI.with { test in
            let (first, second) = (try await test.submit(), try await test.submit())
            var clients: [RawHTTPConnection] = []
            for id in [first, first, first, second] {
                let client = try await test.connect()
                try await client.request("GET", "/api/ai/result/\(id)", ["Prefer: wait=30"])
                clients.append(client)
            }
            test.store.update(first, to: .completed, .completed(.sample, processingSeconds: 1))
            for client in clients.prefix(3) { #expect(try await client.receive().json["success"] == true) }
            #expect(await clients[3].isSilent(for: .milliseconds(50)))
            test.store.update(second, to: .cancelled, .cancelled)
            #expect(try await clients[3].receive().json["status"] == "cancelled")
        }
    }

    @Test("a store that fails for a while does not end the wait")
    func storeFails() async throws {
        try await TestAPI.with { test in
            let id = try await test.submit()
            let client = try await test.connect()
            try await client.request("GET", "/api/ai/result/\(id)", ["Prefer: wait=30"])
            #expect(await client.isSilent(for: .milliseconds(30)))
            test.store.fail(with: .unavailable("gone"))
            #expect(await client.isSilent(for: .milliseconds(60)))
            test.store.fail(with: nil)
            test.store.finishAll(.sample)
            #expect(try await client.receive().json["success"] == true)
        }
    }

    @Test("the end of the program lets those who wait go on at once")
    func drain() async throws {
        try await TestAPI.with { test in
            let client = try await test.connect()
            try await client.request("POST", "/api/ai/process", ["Prefer: wait=60"], body: Self.body)
            let store = test.store
            #expect(try await eventually(on: test.loop) { !store.jobs.isEmpty })
            #expect(await client.isSilent(for: .milliseconds(20)))
            test.watch.value.endWaits()
            #expect(try await client.receive().status == 202)
            #expect(try await test.process(Self.body, ["Prefer: wait=60"]).status == 202)
        }
    }
}
