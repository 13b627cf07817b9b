import Domain
import EventLoop
import Telemetry
import TestSupport
import Testing

@testable import Worker

@Suite("Fair scheduler")
struct FairSchedulerTests {
    private static let ageing = Duration.seconds(30)

    private func ticket(_ number: UInt64, of client: String, priority: Int = 0, at seconds: Int64 = 0) throws
        -> JobTicket
    {
        JobTicket(
            id: jobID(number), client: client, priority: try #require(JobPriority(priority)),
            createdAt: WallTime(microseconds: seconds * 1_000_000))
    }

    private func place(_ offset: UInt64, partition: Int32 = 0) -> QueuePosition {
        QueuePosition(topic: "requests", partition: partition, offset: Int64(offset))
    }

    private func scheduler(weights: [String: Double] = [:]) throws -> FairScheduler {
        FairScheduler(ageing: Self.ageing, weights: try #require(ClientWeights(weights)))
    }

    @Test("jobs of one client and priority go in the order in which they became durable, then of arrival")
    func firstInFirstOut() throws {
        var scheduler = try scheduler()
        for (number, second) in [(1, 5), (2, 3), (3, 3), (4, 9)] as [(UInt64, Int64)] {
            scheduler.add(try ticket(number, of: "a", at: second), at: place(number))
        }
        #expect(scheduler.next(10).map(\.ticket.id) == [2, 3, 1, 4].map(jobID))
        #expect(scheduler.isEmpty && scheduler.positionCount == 0)
    }

    @Test("a more urgent job goes first, unless the other has waited longer by an interval for each step")
    func ageing() throws {
        var scheduler = try scheduler()
        scheduler.add(try ticket(1, of: "a", priority: 0, at: 0), at: place(1))
        scheduler.add(try ticket(2, of: "a", priority: 2, at: 59), at: place(2))
        scheduler.add(try ticket(3, of: "a", priority: 2, at: 61), at: place(3))
        #expect(scheduler.next(3).map(\.ticket.id) == [2, 1, 3].map(jobID))
    }

    @Test("a single job waits for one other at most, however many another client has waiting")
    func singleAmongMany() throws {
        var scheduler = try scheduler()
        for number in 1...1_000 as ClosedRange<UInt64> {
            scheduler.add(try ticket(number, of: "heavy", priority: 10), at: place(number))
        }
        _ = scheduler.next(100)
        scheduler.add(try ticket(5_000, of: "light", at: 1_000), at: place(5_000))
        #expect(scheduler.next(2).map(\.ticket.client).contains("light"))
    }

    @Test("the most urgent goes first among clients whose turn has come alike")
    func tie() throws {
        var scheduler = try scheduler()
        for (number, priority) in [(1, 0), (2, 9), (3, 4)] as [(UInt64, Int)] {
            scheduler.add(try ticket(number, of: "client \(number)", priority: priority), at: place(number))
        }
        #expect(scheduler.next(3).map(\.ticket.id) == [2, 3, 1].map(jobID))
    }

    @Test("a client that was idle has no credit, and one that has just been served no debt beyond its turn")
    func noCredit() throws {
        var scheduler = try scheduler()
        for number in 1...100 as ClosedRange<UInt64> { scheduler.add(try ticket(number, of: "a"), at: place(number)) }
        _ = scheduler.next(50)
        for number in 201...250 as ClosedRange<UInt64> {
            scheduler.add(try ticket(number, of: "b"), at: place(number))
        }
        let clients = scheduler.next(20).map(\.ticket.client)
        #expect(clients.count { $0 == "a" } == 10)
        #expect(clients.count { $0 == "b" } == 10)
    }

    @Test(
        "weights share the slots out, those below 1 too",
        arguments: [["b": 3], ["a": 0.5, "b": 1.5], ["a": 0.02, "b": 0.06]])
    func weights(_ weights: [String: Double]) throws {
        var scheduler = try scheduler(weights: weights)
        for number in 0..<400 as Range<UInt64> {
            scheduler.add(try ticket(number, of: number % 2 == 0 ? "a" : "b"), at: place(number))
        }
        let clients = scheduler.next(200).map(\.ticket.client)
        #expect(abs(clients.count { $0 == "b" } - 150) <= 2)
    }

    @Test("a job that is delivered again is held once, with both messages")
    func duplicates() throws {
        var scheduler = try scheduler()
        let ticket = try ticket(1, of: "a")
        for offset in [3, 4, 9] as [UInt64] { scheduler.add(ticket, at: place(offset)) }
        #expect(scheduler.count == 1 && scheduler.positionCount == 3)
        let job = try #require(scheduler.next(5).first)
        #expect(job.positions.map(\.offset) == [3, 4, 9])
        #expect(scheduler.isEmpty && scheduler.positionCount == 0)
    }

    @Test("jobs of lost partitions go, unless another message of theirs is still here")
    func lostPartitions() throws {
        var scheduler = try scheduler()
        for number in 0..<30 as Range<UInt64> {
            scheduler.add(try ticket(number, of: "c\(number % 4)"), at: place(number, partition: Int32(number % 3)))
        }
        scheduler.add(try ticket(3, of: "c3"), at: place(100, partition: 1))
        scheduler.remove { $0.partition == 0 }
        #expect(scheduler.count == 21 && scheduler.positionCount == 21)
        let left = scheduler.next(50)
        #expect(left.count == 21)
        #expect(left.flatMap(\.positions).allSatisfy { $0.partition != 0 })
        #expect(left.contains { $0.ticket.id == jobID(3) })
    }

    @Test("jobs that needed no slot are not held against their client")
    func refund() throws {
        var scheduler = try scheduler()
        for number in 0..<200 as Range<UInt64> {
            scheduler.add(try ticket(number, of: number < 100 ? "a" : "b"), at: place(number))
        }
        for job in scheduler.next(100) where job.ticket.client == "a" { scheduler.refund(job.ticket) }
        #expect(scheduler.next(50).allSatisfy { $0.ticket.client == "a" })
        #expect(Set(scheduler.next(2).map(\.ticket.client)) == ["b"])
    }

    @Test("a hundred thousand jobs of a thousand clients go through quickly", .timeLimit(.minutes(10)))
    func large() throws {
        var scheduler = try scheduler()
        for number in 0..<100_000 as Range<UInt64> {
            scheduler.add(try ticket(number, of: "c\(number % 1_000)", priority: Int(number % 11)), at: place(number))
        }
        let start = MonotonicTime.now
        var taken = 0
        while !scheduler.isEmpty { taken += scheduler.next(16).count }
        #expect(taken == 100_000)
        print("100 000 jobs handed out in \((MonotonicTime.now - start).inSeconds) s (debug build)")
    }
}
