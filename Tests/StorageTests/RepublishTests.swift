import Domain
import Telemetry
import Testing

@Suite("Outbox: unclaimed requests", .serialized)
struct RepublishTests {
    /// Ten requests published an hour ago: offsets 10…19 of partition 0, and two at 5 and 7 of partition 1.
    private static func publish(_ bench: Bench) async throws {
        try await bench.sql(Rows.queued(12))
        let entries = try await bench.outbox.take(limit: 12, lease: .zero).entries
        let places = entries.enumerated().map { index, entry in
            PublishedEntry(
                entry, partition: index < 10 ? 0 : 1,
                offset: index < 10 ? Int64(10 + index) : Int64(5 + (index - 10) * 2))
        }
        try await bench.outbox.markPublished(places)
        try await bench.sql("UPDATE outbox SET published_at = published_at - interval '1 hour'")
    }

    private static func unpublishedOffsets(_ bench: Bench) async throws -> [String] {
        try await bench.sql(
            """
            SELECT queue_partition || ':' || queue_offset FROM outbox WHERE published_at IS NULL
            ORDER BY queue_partition, queue_offset
            """
        ).compactMap(\.self)
    }

    @Test("published requests that nobody has claimed are listed by partition with their offsets")
    func unclaimed() async throws {
        try await Bench.run { bench in
            try await Self.publish(bench)
            let before = WallTime.now
            let ranges = try await bench.outbox.unclaimed(publishedBefore: .seconds(60))
            #expect(ranges.map(\.partition) == [0, 1])
            #expect(ranges.map(\.count) == [10, 2])
            #expect(ranges.map(\.offsets) == [10...19, 5...7])
            #expect(ranges.allSatisfy { $0.asOf >= before && $0.asOf <= .now })
            #expect(try await bench.outbox.unclaimed(publishedBefore: .seconds(7200)).isEmpty)
        }
    }

    @Test("claimed, unpublished and response entries are not among them")
    func notUnclaimed() async throws {
        try await Bench.run { bench in
            _ = try await bench.submit()
            let ended = try await bench.claimed()
            _ = try await bench.store.finish(ended, .completed(.sample()))
            #expect(try await bench.outbox.unclaimed(publishedBefore: .seconds(-60)).isEmpty)
        }
    }

    @Test("only requests whose offset lies outside what is still to be delivered are published again")
    func outsidePresent() async throws {
        try await Bench.run { bench in
            try await Self.publish(bench)
            let range = try #require(try await bench.outbox.unclaimed(publishedBefore: .zero).first)
            #expect(try await bench.outbox.republish(range, outside: 12..<18, limit: 100) == 4)
            #expect(try await Self.unpublishedOffsets(bench) == ["0:10", "0:11", "0:18", "0:19"])
            #expect(try await bench.outbox.republish(range, outside: 12..<18, limit: 100) == 0)
            let again = try await bench.outbox.take(limit: 100, lease: .seconds(60)).entries
            #expect(again.count == 4)
        }
    }

    @Test("with nothing left to deliver, all of the partition and nothing else is published again")
    func nothingPresent() async throws {
        try await Bench.run { bench in
            try await Self.publish(bench)
            let range = try #require(try await bench.outbox.unclaimed(publishedBefore: .zero).last)
            #expect(try await bench.outbox.republish(range, outside: 20..<20, limit: 100) == 2)
            #expect(try await Self.unpublishedOffsets(bench) == ["1:5", "1:7"])
        }
    }

    @Test("the limit bounds one call, the oldest go first")
    func limit() async throws {
        try await Bench.run { bench in
            try await Self.publish(bench)
            let range = try #require(try await bench.outbox.unclaimed(publishedBefore: .zero).first)
            #expect(try await bench.outbox.republish(range, outside: 0..<0, limit: 3) == 3)
            #expect(try await Self.unpublishedOffsets(bench) == ["0:10", "0:11", "0:12"])
            #expect(try await bench.outbox.republish(range, outside: 0..<0, limit: 100) == 7)
        }
    }

    @Test("what was published after the look at the database stays: it may not have been in the present range yet")
    func publishedLater() async throws {
        try await Bench.run { bench in
            try await Self.publish(bench)
            let range = try #require(try await bench.outbox.unclaimed(publishedBefore: .zero).first)
            let asOf = "to_timestamp(0) + interval '\(range.asOf.microseconds) microseconds'"
            try await bench.sql("UPDATE outbox SET published_at = \(asOf) WHERE queue_offset = 10")
            try await bench.sql(
                "UPDATE outbox SET published_at = \(asOf) + interval '1 microsecond' WHERE queue_offset > 10")
            #expect(try await bench.outbox.republish(range, outside: 0..<0, limit: 100) == 1)
            #expect(try await Self.unpublishedOffsets(bench) == ["0:10"])
        }
    }
}
