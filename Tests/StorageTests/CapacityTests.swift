import Domain
import Storage
import TestSupport
import Testing

@Suite("Capacity ledger", .serialized)
struct CapacityTests {
    private static func wish(
        _ slots: Int?, keep: Int = 0, demand: Int, rate: Allowance? = nil, tokens: Int = 0, returned: Int = 0
    ) -> CapacityWish {
        CapacityWish(
            "r", limit: CapacityLimit(slots: slots, rate: rate), keep: keep, demand: demand, tokensWanted: tokens,
            tokensReturned: returned)
    }

    @Test("a process gets what it wants while it is alone, and shares when another comes")
    func shares() async throws {
        try await Bench.run { bench in
            let alone = try await bench.exchange(Self.wish(10, demand: 50), "a")
            #expect(alone == CapacityGrant("r", slots: 10, entitled: 10, peers: 0))
            let late = try await bench.exchange(Self.wish(10, demand: 50), "b")
            #expect(late == CapacityGrant("r", slots: 0, entitled: 5, peers: 1))
            let told = try await bench.exchange(Self.wish(10, keep: 10, demand: 50), "a")
            #expect(told == CapacityGrant("r", slots: 10, entitled: 5, peers: 1))
            #expect(try await bench.exchange(Self.wish(10, keep: 5, demand: 50), "a").slots == 5)
            #expect(try await bench.exchange(Self.wish(10, demand: 50), "b").slots == 5)
        }
    }

    @Test("a single slot goes back and forth between two that want it")
    func alternates() async throws {
        try await Bench.run { bench in
            let first = try await bench.exchange(Self.wish(1, demand: 2), "a")
            #expect(first.slots == 1)
            for (holder, other) in [("a", "b"), ("b", "a"), ("a", "b"), ("b", "a")] {
                #expect(try await bench.exchange(Self.wish(1, demand: 2), other).slots == 0)
                #expect(try await bench.exchange(Self.wish(1, keep: 1, demand: 2), holder).entitled == 0)
                #expect(try await bench.exchange(Self.wish(1, demand: 2), holder).slots == 0)
                #expect(try await bench.exchange(Self.wish(1, demand: 2), other).slots == 1)
            }
        }
    }

    @Test("slots of a lost process are free when its lease has run out, those of a live one are not")
    func expires() async throws {
        try await Bench.run { bench in
            let lost = try await bench.exchange(Self.wish(4, demand: 4), "lost", lease: .milliseconds(-1))
            #expect(lost.slots == 4)
            #expect(try await bench.exchange(Self.wish(4, demand: 4), "live").slots == 4)
            #expect(try await bench.exchange(Self.wish(4, keep: 4, demand: 4), "lost").slots == 0)
            try await bench.capacity.withdraw(owner: "live")
            #expect(try await bench.exchange(Self.wish(4, demand: 4), "lost").slots == 4)
        }
    }

    @Test("tokens are given as far as they reach, and the next one's time is told")
    func tokens() async throws {
        try await Bench.run { bench in
            let rate = Allowance(perMinute: 20)
            let first = try await bench.exchange(Self.wish(nil, demand: 0, rate: rate, tokens: 5), "a")
            #expect(first.tokens == 2)
            let pause = try #require(first.nextToken)
            #expect(pause > .seconds(2))
            #expect(try await bench.exchange(Self.wish(nil, demand: 0, rate: rate, tokens: 5), "b").tokens == 0)
            _ = try await bench.exchange(Self.wish(nil, demand: 0, rate: rate, returned: 1), "a")
            #expect(try await bench.exchange(Self.wish(nil, demand: 0, rate: rate, tokens: 5), "b").tokens == 1)
        }
    }
}

extension Bench {
    /// One wish of one owner.
    fileprivate func exchange(
        _ wish: CapacityWish, _ owner: String, lease: Duration = .seconds(60)
    ) async throws -> CapacityGrant {
        try #require(try await capacity.exchange([wish], owner: owner, lease: lease).first)
    }
}
