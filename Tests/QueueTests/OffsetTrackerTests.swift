import TestSupport
import Testing

@testable import Queue

@Suite("Offset tracker")
struct OffsetTrackerTests {
    /// Steps as `d5` (delivered), `f5` (finished) and `c7` (a commit is taken and is 7; `c-`: there is none).
    static let scripts: [(behaviour: String, steps: String)] = [
        ("nothing delivered, nothing to commit", "c-"),
        ("delivered is not finished", "d0 d1 c-"),
        ("finished in order", "d0 d1 d2 f0 c1 f1 c2 f2 c3"),
        ("finished in reverse order: the first one releases all", "d0 d1 d2 f2 c- f1 c- f0 c3"),
        ("a hole holds the commit up to it", "d0 d1 d2 d3 f0 f2 f3 c1 f1 c4"),
        ("a commit is taken once", "d0 f0 c1 c- c-"),
        ("what is finished between two takings goes in one commit", "d0 d1 d2 f0 f1 c2 c- f2 c3"),
        ("a partition need not begin at zero", "d100 d101 f100 c101 f101 c102"),
        ("gaps that the broker leaves are no holes", "d5 d9 d20 f5 c9 f9 c20 f20 c21"),
        ("a second delivery changes nothing", "d0 d1 d0 d1 f0 c1 d0 c- f1 c2 c-"),
        ("finishing twice changes nothing", "d0 d1 f0 f0 c1 f0 c- f1 c2"),
        ("unknown offsets are ignored", "f3 c- d5 f4 f6 c- f5 c6"),
        ("new messages after all are finished go on", "d0 f0 c1 d1 c- d2 f2 c- f1 c3"),
    ]

    @Test("a script of deliveries and ends gives its commits", arguments: scripts)
    func script(behaviour: String, steps: String) throws {
        var tracker = OffsetTracker()
        for step in steps.split(separator: " ") {
            let offset = Int64(step.dropFirst())
            switch step.first {
            case "d": tracker.deliver(try #require(offset))
            case "f": tracker.finish(try #require(offset))
            default: #expect(tracker.takeCommit() == offset, "\(behaviour): \(steps), at \(step)")
            }
        }
    }

    @Test(
        "in any order the commit is the end of the finished prefix, and never passes an unfinished message",
        arguments: UInt64(0)..<100)
    func property(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var tracker = OffsetTracker()
        var delivered: [Int64] = []
        var open: Set<Int64> = []
        var committed: Int64?
        for _ in 0..<400 {
            switch Int.random(in: 0..<10, using: &random) {
            case 0..<4:
                let next =
                    (delivered.last ?? Int64.random(in: -1..<1000, using: &random))
                    + (Bool.random(using: &random) ? 1 : Int64.random(in: 1..<5, using: &random))
                tracker.deliver(next)
                delivered.append(next)
                open.insert(next)
            case 4:
                if let again = delivered.randomElement(using: &random) { tracker.deliver(again) }
            case 5:
                tracker.finish(Int64.random(in: 0..<2000, using: &random), unless: open.contains)
            default:
                guard let offset = open.sorted().randomElement(using: &random) else { continue }
                tracker.finish(offset)
                open.remove(offset)
            }
            if Bool.random(using: &random) {
                committed = tracker.takeCommit() ?? committed
                #expect(isRight(committed, delivered, open))
            }
        }
        for offset in open.sorted().shuffled(using: &random) { tracker.finish(offset) }
        #expect((tracker.takeCommit() ?? committed) == delivered.last.map { $0 + 1 })
    }

    /// Said in the plainest way: beyond all messages before the first open one, and not beyond that.
    private func isRight(_ commit: Int64?, _ delivered: [Int64], _ open: Set<Int64>) -> Bool {
        guard let lastFinished = delivered.prefix(while: { !open.contains($0) }).last else { return commit == nil }
        guard let commit else { return false }
        return commit > lastFinished && commit <= open.min() ?? lastFinished + 1
    }

    @Test(
        "a window of a hundred thousand messages behind one slow message is released at once", .timeLimit(.minutes(10)))
    func largeWindow() {
        var tracker = OffsetTracker()
        for offset in Int64(0)..<100_000 { tracker.deliver(offset) }
        for offset in (Int64(1)..<100_000).reversed() { tracker.finish(offset) }
        #expect(tracker.takeCommit() == nil)
        tracker.finish(0)
        #expect(tracker.takeCommit() == 100_000)
    }
}

extension OffsetTracker {
    fileprivate mutating func finish(_ offset: Int64, unless isOpen: (Int64) -> Bool) {
        if !isOpen(offset) { finish(offset) }
    }
}
