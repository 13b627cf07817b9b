import TestSupport
import Testing

@testable import EventLoop

@Suite("Timer heap")
struct TimerHeapTests {
    /// What a heap must do, done the slow way: a list that is sorted at each look.
    private struct Reference {
        private(set) var entries: [(deadline: Int64, name: Int, token: TimerToken)] = []

        mutating func insert(_ deadline: Int64, _ name: Int, _ token: TimerToken) {
            let index = entries.firstIndex { $0.deadline > deadline } ?? entries.endIndex
            entries.insert((deadline, name, token), at: index)
        }

        mutating func cancel(_ token: TimerToken) {
            entries.removeAll { $0.token == token }
        }

        mutating func popDue(at now: Int64) -> Int? {
            guard let first = entries.first, first.deadline <= now else { return nil }
            return entries.removeFirst().name
        }
    }

    private final class Fired {
        var names: [Int] = []
    }

    @Test("agrees with a sorted list over random inserts, cancels and looks", arguments: 1...20 as ClosedRange<UInt64>)
    func agreesWithSortedList(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        var heap = TimerHeap()
        var reference = Reference()
        let fired = Fired()
        var expected: [Int] = []
        var tokens: [TimerToken] = []
        var now: Int64 = 0
        for name in 0..<3000 {
            switch Int.random(in: 0..<10, using: &generator) {
            case 0..<5:
                let deadline = now + Int64.random(in: -5...50, using: &generator)
                let token = heap.insert(deadline: MonotonicTime(nanoseconds: deadline)) { fired.names.append(name) }
                reference.insert(deadline, name, token)
                tokens.append(token)
            case 5..<9:
                // Some of these have fired or been cancelled before: that must do nothing.
                guard let token = tokens.randomElement(using: &generator) else { continue }
                heap.cancel(token)
                reference.cancel(token)
            default:
                now += Int64.random(in: 0...20, using: &generator)
                while let action = heap.popDue(at: MonotonicTime(nanoseconds: now)) { action() }
                while let name = reference.popDue(at: now) { expected.append(name) }
            }
            #expect(heap.count == reference.entries.count)
            #expect(heap.nextDeadline()?.nanoseconds == reference.entries.first?.deadline)
        }
        #expect(fired.names == expected)
        #expect(expected.count > 100)
    }

    @Test("forgets the action of a cancelled timer at once")
    func releasesActions() {
        var heap = TimerHeap()
        weak var captured: Fired?
        let token = {
            let object = Fired()
            captured = object
            return heap.insert(deadline: MonotonicTime(nanoseconds: 1)) { object.names.append(1) }
        }()
        #expect(captured != nil)
        heap.cancel(token)
        #expect(captured == nil)
    }
}
