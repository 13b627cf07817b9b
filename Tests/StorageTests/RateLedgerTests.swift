import Domain
import Storage
import Testing

@Suite("Clients' limits in the database", .serialized)
struct RateLedgerTests {
    @Test("blocks get smaller, and their sum is the limit")
    func blocks() async throws {
        try await Bench.run { bench in
            var blocks: [Int] = []
            for _ in 1...6 { blocks.append(try await bench.grant(RateOrder("c", limit: 10, wanted: 1)).granted) }
            #expect(blocks == [5, 3, 1, 1, 0, 0])
            let last = try await bench.grant(RateOrder("c", limit: 10, wanted: 1))
            #expect(last.left == 0 && last.endsIn > .seconds(30) && last.endsIn <= .seconds(60))
        }
    }

    @Test("who has many waiting gets as many as there are")
    func many() async throws {
        try await Bench.run { bench async throws in
            #expect(try await bench.grant(RateOrder("c", limit: 10, wanted: 8)).granted == 8)
            #expect(try await bench.grant(RateOrder("c", limit: 10, wanted: 8)).granted == 2)
        }
    }

    @Test("what is given back is there for others, in the same window only and never more than was taken")
    func returns() async throws {
        try await Bench.run { bench in
            let first = try await bench.grant(RateOrder("c", limit: 10, wanted: 10))
            let back = try await bench.grant(
                RateOrder("c", limit: 0, wanted: 0, returned: 4, window: first.window))
            #expect(back.granted == 0)
            let late = RateOrder("c", limit: 10, wanted: 1, returned: 5, window: first.window - 1)
            #expect(try await bench.grant(late).left + 2 == 4)
            let lie = RateOrder("c", limit: 10, wanted: 0, returned: 99, window: first.window)
            #expect(try await bench.grant(lie).left == 10)
        }
    }

    @Test("a window ends, a new one begins, and what has ended for long is forgotten")
    func windows() async throws {
        try await Bench.run { bench in
            let first = try await bench.grant(RateOrder("c", limit: 2, wanted: 2))
            #expect(try await bench.grant(RateOrder("c", limit: 2, wanted: 1)).granted == 0)
            try await bench.sql("UPDATE rate_windows SET ends_at = now() - interval '1 second'")
            #expect(try await bench.rates.forgetEnded(limit: 10) == 0)
            let second = try await bench.grant(RateOrder("c", limit: 2, wanted: 2))
            #expect(second.granted == 2 && second.window > first.window)
            try await bench.sql("UPDATE rate_windows SET ends_at = now() - interval '2 minutes'")
            #expect(try await bench.rates.forgetEnded(limit: 10) == 1)
            #expect(try await bench.rates.forgetEnded(limit: 10) == 0)
        }
    }

    @Test("many at once, in any order, never deadlock and never get more than there is")
    func concurrent() async throws {
        try await Bench.run(connections: 8) { bench in
            let names = (0..<20).map { "client \($0)" }
            let sums = try await withThrowingTaskGroup(of: [RateGrant].self) { group in
                for _ in 0..<40 {
                    let orders = names.shuffled().map { RateOrder($0, limit: 30, wanted: 3) }
                    group.addTask { try await bench.rates.exchange(orders, window: .seconds(600)) }
                }
                var sums: [String: Int] = [:]
                for try await grants in group {
                    for grant in grants { sums[grant.name, default: 0] += grant.granted }
                }
                return sums
            }
            #expect(sums == Dictionary(uniqueKeysWithValues: names.map { ($0, 30) }))
        }
    }
}

extension Bench {
    /// One order by itself.
    fileprivate func grant(_ order: RateOrder) async throws -> RateGrant {
        try #require(try await rates.exchange([order], window: .seconds(60)).first)
    }
}
