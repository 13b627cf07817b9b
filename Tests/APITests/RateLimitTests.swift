import API
import Domain
import EventLoop
import JSON
import TestSupport
import Testing

@Suite("Limits of clients")
struct RateLimitTests {
    private static let job = #"{"query_text":"q"}"#

    private static func limited(_ process: Int, classify: Int = 0, proxies: [String] = []) -> AccessSettings {
        AccessSettings(
            limits: RateLimits(process: process, classify: classify),
            proxies: TrustedProxies(proxies.compactMap { AddressRange($0) }))
    }

    /// The statuses of `count` submissions, one after the other.
    private static func submit(_ api: TestAPI, _ count: Int, _ fields: [String] = []) async throws -> [Int] {
        var statuses: [Int] = []
        for _ in 0..<count { statuses.append(try await api.process(Self.job, fields).status) }
        return statuses
    }

    @Test("ten jobs a minute and the eleventh is refused, with all that a client wants to know")
    func tenAMinute() async throws {
        try await TestAPI.with(access: Self.limited(10)) { api in
            let first = try await api.process(Self.job)
            #expect(first.status == 202)
            #expect(first["ratelimit"]?.wholeMatch(of: /"process";r=9;t=(59|60)/) != nil)
            #expect(first["ratelimit-policy"] == #""process";q=10;w=60"#)
            #expect(try await Self.submit(api, 9) == Array(repeating: 202, count: 9))
            let refused = try await api.post("/api/ai/process", Self.job)
            refused.expectProblem(429)
            #expect(refused.json["error"] == "Rate limit exceeded: 10 per 1 minute")
            #expect(refused["ratelimit"]?.hasPrefix(#""process";r=0;t="#) == true)
            let pause = try #require(refused["retry-after"].flatMap { Int($0) })
            #expect((1...60).contains(pause))
            #expect(api.store.jobs.count == 10)
            #expect(try await api.get("/api/ai/status/\(JobID.sampleText)").status == 404)
        }
    }

    @Test("most requests ask nobody, and those that are refused ask at most once a second")
    func fewExchanges() async throws {
        try await TestAPI.with(access: Self.limited(100)) { api async throws in
            let start = MonotonicTime.now
            #expect(try await Self.submit(api, 150).count { $0 == 202 } == 100)
            let seconds = Int((MonotonicTime.now - start).inSeconds)
            // Blocks are half of what is left: 50, 25, 13, 6, 3, 2, 1.
            #expect(api.ledger.state.withLock { $0.exchanges } <= 8 + 2 * seconds)
        }
    }

    @Test("classifying and processing are counted apart, and 0 is no limit")
    func apart() async throws {
        try await TestAPI.with(access: Self.limited(0, classify: 1)) { api async throws in
            let text = #"{"prompt_text":"q"}"#
            #expect(try await api.post("/api/prompts/classify", text)["ratelimit-policy"] == #""classify";q=1;w=60"#)
            #expect(try await api.post("/api/prompts/classify", text).status == 429)
            #expect(try await Self.submit(api, 5) == Array(repeating: 202, count: 5))
        }
    }

    @Test("requests of OpenAI's clients count as jobs do, and are refused in their form")
    func openAI() async throws {
        try await TestAPI.with(access: Self.limited(1)) { api in
            #expect(try await Self.submit(api, 1) == [202])
            let refused = try await api.chat("{}")
            #expect(refused.status == 429)
            #expect(refused.json["error"]?["code"] == "rate_limit_exceeded")
            #expect(refused["retry-after"] != nil)
        }
    }

    @Test("each key is counted by itself, with its own limit if it has one; administrators are not counted")
    func perKey() async throws {
        try await TestAPI.with(adminKey: "bootstrap", access: Self.limited(2)) { api in
            let usual = "X-API-Key: \(api.keyStore.make("usual").text)"
            let more = "X-API-Key: \(api.keyStore.make("more", rate: 4).text)"
            let any = "X-API-Key: \(api.keyStore.make("any", rate: 0).text)"
            try await api.keys.refresh()
            #expect(try await Self.submit(api, 3, [usual]).count { $0 == 202 } == 2)
            #expect(try await Self.submit(api, 6, [more]).count { $0 == 202 } == 4)
            #expect(try await Self.submit(api, 6, [any]).count { $0 == 202 } == 6)
            #expect(try await Self.submit(api, 6, ["X-API-Key: bootstrap"]).count { $0 == 202 } == 6)
            #expect(try await Self.submit(api, 3).count { $0 == 202 } == 2)
        }
    }

    @Test("two instances with one ledger let in no more than one would")
    func twoInstances() async throws {
        let settings = Self.limited(10)
        try await TestAPI.with(access: settings) { first in
            let accepted = Lock(0)
            try await TestAPI.with(access: settings) { second in
                let statuses = try await Self.submit(second, 30)
                accepted.withLock { $0 += statuses.count { $0 == 202 } }
            }
            let statuses = try await Self.submit(first, 30)
            let all = accepted.withLock { $0 } + statuses.count { $0 == 202 }
            #expect(all == 10)
        }
    }

    @Test("what one instance was granted and does not use comes back for the others")
    func comesBack() async throws {
        try await TestAPI.with(access: Self.limited(10)) { api in
            #expect(try await Self.submit(api, 1) == [202])
            let name = try #require(api.ledger.state.withLock { $0.taken.keys.first })
            #expect(api.ledger.state.withLock { $0.taken[name] } == 5)
            let isBack = try await eventually(on: api.loop) { api.ledger.state.withLock { $0.taken[name] } == 1 }
            #expect(isBack)
            #expect(try await Self.submit(api, 12).count { $0 == 202 } == 9)
        }
    }

    @Test("while the database is away the limit goes on in each instance", arguments: [false, true])
    func away(hangs: Bool) async throws {
        try await TestAPI.with(access: Self.limited(6)) { api in
            #expect(try await Self.submit(api, 1) == [202])
            api.ledger.state.withLock { state in
                state.isAway = true
                state.hangs = hangs
            }
            let statuses = try await Self.submit(api, 10)
            #expect(statuses.count { $0 == 202 } == 5)
            #expect(statuses.allSatisfy { $0 == 202 || $0 == 429 })
            api.ledger.state.withLock { $0.hangs = false }
        }
    }

    @Test("who comes through a trusted proxy is counted by the address that the proxy tells, others by their own")
    func proxies() async throws {
        try await TestAPI.with(access: Self.limited(1, proxies: ["127.0.0.0/8", "10.0.0.0/8"])) { api async throws in
            let submit = { (fields: [String]) async throws in try await Self.submit(api, 1, fields)[0] }
            #expect(try await submit(["X-Forwarded-For: 192.0.2.1"]) == 202)
            #expect(try await submit(["X-Forwarded-For: 192.0.2.1"]) == 429)
            // What the client itself has written stands before what the proxies have added.
            #expect(try await submit(["X-Forwarded-For: 203.0.113.9, 192.0.2.1, 10.1.1.1"]) == 429)
            #expect(try await submit(["X-Forwarded-For: 192.0.2.2:4711"]) == 202)
            #expect(try await submit([#"Forwarded: for=203.0.113.9, for="192.0.2.2:1";proto=http"#]) == 429)
            #expect(try await submit(["X-Forwarded-For: 2001:db8:0:1::1"]) == 202)
            #expect(try await submit(["X-Forwarded-For: [2001:db8:0:1::2]:80"]) == 429)
            #expect(try await submit([#"Forwarded: For="[2001:db8:0:2::1]:80""#]) == 202)
            // The two do not agree, so the proxy stands for the client; so it does for what is no address.
            #expect(try await submit(["X-Forwarded-For: 192.0.2.3", "Forwarded: for=192.0.2.4"]) == 202)
            #expect(try await submit(["X-Forwarded-For: unknown"]) == 429)
            #expect(try await submit([]) == 429)
        }
        try await TestAPI.with(access: Self.limited(1)) { api async throws in
            #expect(try await Self.submit(api, 1, ["X-Forwarded-For: 192.0.2.1"]) == [202])
            #expect(try await Self.submit(api, 1, ["X-Forwarded-For: 192.0.2.2"]) == [429])
        }
    }
}
