import EventLoop
import TestSupport
import Testing

@testable import HTTPServer

@Suite("HTTP server: memory of contents", .timeLimit(.minutes(10)))
struct ContentBudgetTests {
    private final class Content: Sendable {}

    /// Waits for `count` bytes in a task of its own, and notes its name when it has them.
    private static func wait(
        _ budget: ContentBudget, for count: Int, _ content: Content, _ name: String, _ order: Lock<[String]>,
        on loop: EventLoop, atMost limit: Duration = .seconds(60)
    ) -> Task<Bool, any Error> {
        loop.spawn {
            let end = MonotonicTime.now + limit
            let isGranted = await budget.wait(for: count, for: ObjectIdentifier(content), until: end, on: loop)
            if isGranted { order.withLock { $0.append(name) } }
            return isGranted
        }
    }

    @Test("those who wait are served in turn, and a small one does not overtake a large one")
    func turns() async throws {
        try await onLoop { loop in
            let budget = ContentBudget(100)
            let contents = (0..<5).map { _ in Content() }
            let ids = contents.map { ObjectIdentifier($0) }
            let order = Lock<[String]>([])
            #expect(budget.reserve(90, for: ids[0]))
            #expect(budget.reserve(50, for: ids[1]), "one may exceed the limit")
            #expect(!budget.reserve(5, for: ids[2]))
            let large = Self.wait(budget, for: 60, contents[2], "large", order, on: loop)
            try await loop.sleep(for: .milliseconds(5))
            let small = Self.wait(budget, for: 5, contents[3], "small", order, on: loop)
            try await loop.sleep(for: .milliseconds(5))
            #expect(!budget.reserve(1, for: ids[4]))
            #expect(budget.reserve(10, for: ids[1]), "it goes on exceeding it")
            #expect(order.withLock { $0 } == [])
            budget.release(60, of: ids[1])
            #expect(try await large.value)
            #expect(order.withLock { $0 }.first == "large", "now it is the one that may")
            budget.release(90, of: ids[0])
            #expect(try await small.value)
            budget.release(60, of: ids[2])
            budget.release(5, of: ids[3])
            #expect(budget.reserve(100, for: ids[4]))
            withExtendedLifetime(contents) {}
        }
    }

    @Test("a wait ends in time, or with its task, and leaves its turn to the next", arguments: [true, false])
    func givenUp(isCancelled: Bool) async throws {
        try await onLoop { loop in
            let budget = ContentBudget(100)
            let contents = (0..<4).map { _ in Content() }
            let order = Lock<[String]>([])
            #expect(budget.reserve(90, for: ObjectIdentifier(contents[0])))
            #expect(budget.reserve(10, for: ObjectIdentifier(contents[1])))
            #expect(budget.reserve(1, for: ObjectIdentifier(contents[1])), "it may exceed the limit")
            let first = Self.wait(
                budget, for: 50, contents[2], "first", order, on: loop,
                atMost: isCancelled ? .seconds(60) : .milliseconds(20))
            try await loop.sleep(for: .milliseconds(5))
            let second = Self.wait(budget, for: 5, contents[3], "second", order, on: loop)
            try await loop.sleep(for: .milliseconds(5))
            if isCancelled { first.cancel() }
            #expect(try await first.value == false)
            budget.release(11, of: ObjectIdentifier(contents[1]))
            #expect(try await second.value)
            #expect(order.withLock { $0 } == ["second"])
            withExtendedLifetime(contents) {}
        }
    }
}
