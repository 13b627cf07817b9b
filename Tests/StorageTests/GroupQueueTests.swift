import TestSupport
import Testing

@testable import Storage

@Suite("Group commit: what leaves together")
struct GroupQueueTests {
    private static func queue(_ change: (inout GroupLimits) -> Void = { _ in }) -> GroupQueue<Int> {
        var limits = GroupLimits()
        limits.batchesInFlight = 1
        change(&limits)
        return GroupQueue(limits)
    }

    @Test("an item that comes while nothing is on its way leaves at once and alone")
    func idle() {
        var queue = Self.queue()
        for item in 1...3 {
            #expect(queue.add(item, bytes: 10) != nil)
            #expect(queue.takeBatch() == [item])
            queue.endBatch()
        }
    }

    @Test("what comes while enough batches are on their way leaves together, oldest first, when one is back")
    func busy() {
        var queue = Self.queue { $0.batchesInFlight = 2 }
        var batches: [[Int]] = []
        for item in 1...6 {
            _ = queue.add(item, bytes: 10)
            batches.append(queue.takeBatch())
        }
        #expect(batches == [[1], [2], [], [], [], []])
        queue.endBatch()
        #expect(queue.takeBatch() == [3, 4, 5, 6])
        #expect(queue.takeBatch() == [])
        #expect(queue.batchesInFlight == 2)
    }

    @Test("a batch leaves beside another only when enough wait, in number or in bytes")
    func beside() {
        var queue = Self.queue { $0 = GroupLimits(batchBytes: 100, batchesInFlight: 2, itemsBeside: 3) }
        var batches: [[Int]] = []
        for item in 1...5 {
            _ = queue.add(item, bytes: 10)
            batches.append(queue.takeBatch())
        }
        #expect(batches == [[1], [], [], [2, 3, 4], []])
        queue.endBatch()
        _ = queue.add(6, bytes: 89)
        #expect(queue.takeBatch() == [])
        _ = queue.add(7, bytes: 1)
        #expect(queue.takeBatch() == [5, 6, 7])
    }

    @Test("what has left is not kept, however much comes behind it")
    func left() {
        final class Item {}
        var queue = GroupQueue<Item>(GroupLimits(batchItems: 1, batchesInFlight: 1))
        weak var first: Item?
        do {
            let item = Item()
            first = item
            _ = queue.add(item, bytes: 10)
            for _ in 0..<5 { _ = queue.add(Item(), bytes: 10) }
            #expect(queue.takeBatch().first === item)
        }
        #expect(first == nil)
        #expect(queue.waitingItems == 5)
    }

    @Test("a batch has at most so many items")
    func manyItems() {
        var queue = Self.queue { $0.batchItems = 3 }
        for item in 1...5 { _ = queue.add(item, bytes: 10) }
        #expect(queue.takeBatch() == [1, 2, 3])
        queue.endBatch()
        #expect(queue.takeBatch() == [4, 5])
    }

    @Test("a batch has at most so many bytes; an item that is larger leaves alone")
    func manyBytes() {
        var queue = Self.queue { $0.batchBytes = 100 }
        for (item, bytes) in [(1, 60), (2, 40), (3, 1), (4, 500), (5, 100), (6, 1)] {
            _ = queue.add(item, bytes: bytes)
        }
        var batches: [[Int]] = []
        while queue.waitingItems > 0 {
            batches.append(queue.takeBatch())
            queue.endBatch()
        }
        #expect(batches == [[1, 2], [3], [4], [5], [6]])
    }

    @Test("a queue that is full by items refuses, and takes again when some have left")
    func fullByItems() {
        var queue = Self.queue { $0.waitingItems = 2 }
        #expect(queue.add(1, bytes: 1) != nil)
        #expect(queue.add(2, bytes: 1) != nil)
        #expect(queue.add(3, bytes: 1) == nil)
        #expect(queue.takeBatch() == [1, 2])
        #expect(queue.add(4, bytes: 1) != nil)
    }

    @Test("a queue that is full by bytes refuses; an empty one takes an item of any size")
    func fullByBytes() {
        var queue = Self.queue { $0.waitingBytes = 100 }
        #expect(queue.add(1, bytes: 1000) != nil)
        #expect(queue.add(2, bytes: 1) == nil)
        #expect(queue.takeBatch() == [1])
        #expect(queue.add(3, bytes: 60) != nil)
        #expect(queue.add(4, bytes: 41) == nil)
        #expect(queue.add(5, bytes: 40) != nil)
    }

    @Test("an item that is taken back never leaves and makes room; one that has left cannot be taken back")
    func takenBack() {
        var queue = Self.queue { $0.waitingBytes = 100 }
        let tickets = [queue.add(1, bytes: 50), queue.add(2, bytes: 50)].compactMap(\.self)
        #expect(tickets.count == 2)
        let answers = [queue.remove(tickets[0]), queue.remove(tickets[0])]
        #expect(answers == [true, false])
        #expect(queue.add(3, bytes: 50) != nil)
        #expect(queue.takeBatch() == [2, 3])
        let isTakenBack = queue.remove(tickets[1])
        #expect(!isTakenBack)
    }

    @Test(
        "whatever happens in between, each item leaves exactly once and in its order",
        arguments: 1...20 as ClosedRange<UInt64>)
    func everyItemOnce(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var queue = Self.queue {
            $0.batchesInFlight = 3
            $0.batchItems = 7
            $0.batchBytes = 300
            $0.waitingItems = 50
        }
        var waiting: [(item: Int, ticket: UInt64)] = []
        var expected: [Int] = []
        var left: [Int] = []
        for item in 0..<2000 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<6:
                if let ticket = queue.add(item, bytes: .random(in: 1...100, using: &random)) {
                    waiting.append((item, ticket))
                }
            case 6:
                guard let victim = waiting.randomElement(using: &random) else { continue }
                if queue.remove(victim.ticket) { waiting.removeAll { $0.ticket == victim.ticket } }
            case 7..<9:
                let batch = queue.takeBatch()
                left += batch
                expected += waiting.prefix(batch.count).map(\.item)
                waiting.removeFirst(batch.count)
            default:
                if queue.batchesInFlight > 0 { queue.endBatch() }
            }
            #expect(queue.waitingItems == waiting.count)
        }
        #expect(left == expected)
        #expect(left.count > 100)
    }
}
