import Domain
import EventLoop
import TestSupport
import Testing

@testable import Storage

/// A database that is told what to say, and remembers what it was sent. Lives on one loop.
private final class ScriptedDatabase {
    var batches: [[Int]] = []
    /// Says what becomes of a batch; nil accepts it.
    var refusal: ([Int]) -> StoreError? = { _ in nil }
    /// While closed, what is sent waits.
    var isClosed = false
    private var waiting: [CheckedContinuation<Void, Never>] = []

    func store(_ items: [Int]) async throws(StoreError) -> [Int] {
        batches.append(items)
        if isClosed { await withCheckedContinuation { waiting.append($0) } }
        if let error = refusal(items) { throw error }
        return items.map { $0 * 10 }
    }

    func open() {
        isClosed = false
        let woken = waiting
        waiting = []
        for waiter in woken { waiter.resume() }
    }
}

@Suite("Group commit: who learns what")
struct GroupCommitTests {
    /// A group over a scripted database, on one loop.
    private struct Setup: Sendable {
        let loop: EventLoop
        let group: LoopBound<GroupCommit<Int, Int>>
        let database: LoopBound<ScriptedDatabase>

        init(on loop: EventLoop, _ limits: GroupLimits = GroupLimits()) {
            let database = ScriptedDatabase()
            self.loop = loop
            self.database = LoopBound(database, to: loop)
            group = LoopBound(
                GroupCommit(on: loop, limits) { items throws(StoreError) in try await database.store(items) }, to: loop)
        }

        func store(_ item: Int) async -> Result<Int, StoreError> {
            do throws(StoreError) {
                return .success(try await group.value.store(item, bytes: 1))
            } catch {
                return .failure(error)
            }
        }

        /// Stores all at once; the outcomes by item.
        func store(_ items: Range<Int>) async -> [Int: Result<Int, StoreError>] {
            await withTaskGroup(of: (Int, Result<Int, StoreError>).self) { tasks in
                for item in items { tasks.addTask { (item, await store(item)) } }
                return await tasks.reduce(into: [:]) { $0[$1.0] = $1.1 }
            }
        }
    }

    private static func isRejected(_ result: Result<Int, StoreError>?) -> Bool {
        if case .failure(.rejected) = result { true } else { false }
    }

    @Test("what comes in one tick is one batch, and everybody gets his own answer")
    func oneTick() async throws {
        try await onLoop { loop in
            let setup = Setup(on: loop)
            let outcomes = await setup.store(0..<100)
            // A tick ends when a millisecond is over, which is looked at after each eight steps.
            let sizes = setup.database.value.batches.map(\.count)
            #expect(sizes.reduce(0, +) == 100)
            #expect(sizes.count <= 13)
            for item in 0..<100 {
                let answer = try outcomes[item]?.get()
                #expect(answer == item * 10)
            }
        }
    }

    @Test("a member that is refused does its neighbours no harm")
    func refusedMember() async throws {
        try await onLoop { loop in
            let setup = Setup(on: loop)
            setup.database.value.refusal = { $0.contains(3) || $0.contains(7) ? .rejected("not this one") : nil }
            let outcomes = await setup.store(0..<10)
            for item in 0..<10 {
                #expect(Self.isRejected(outcomes[item]) == (item == 3 || item == 7))
            }
            #expect(setup.database.value.batches.map(\.count) == [10] + Array(repeating: 1, count: 10))
        }
    }

    @Test("when it is unknown what became of a batch, all its members learn that and nothing is sent twice")
    func inDoubt() async throws {
        try await onLoop { loop in
            let setup = Setup(on: loop)
            setup.database.value.refusal = { _ in .inDoubt("broken") }
            let outcomes = await setup.store(0..<10)
            #expect(setup.database.value.batches.map(\.count) == [10])
            for outcome in outcomes.values {
                guard case .failure(.inDoubt) = outcome else {
                    Issue.record("\(outcome)")
                    continue
                }
            }
        }
    }

    @Test("batches beyond the bound wait and leave together")
    func bounded() async throws {
        try await onLoop { loop in
            var limits = GroupLimits()
            limits.batchesInFlight = 1
            let setup = Setup(on: loop, limits)
            setup.database.value.isClosed = true
            await withTaskGroup(of: Void.self) { tasks in
                for item in 0..<20 {
                    tasks.addTask { _ = await setup.store(item) }
                    // Some ticks for each, so that without the bound each would leave alone.
                    for _ in 0..<5 { await Task.yield() }
                    await Self.tick(loop)
                }
                #expect(setup.database.value.batches == [[0]])
                setup.database.value.open()
            }
            #expect(setup.database.value.batches == [[0], Array(1..<20)])
        }
    }

    @Test("a caller that is cancelled while its item waits is told so at once, and its item is never sent")
    func cancelledWhileWaiting() async throws {
        try await onLoop { loop in
            var limits = GroupLimits()
            limits.batchesInFlight = 1
            let setup = Setup(on: loop, limits)
            setup.database.value.isClosed = true
            let first = loop.spawn { await setup.store(1) }
            await Self.tick(loop)
            let second = loop.spawn { await setup.store(2) }
            let third = loop.spawn { await setup.store(3) }
            await Self.tick(loop)
            second.cancel()
            guard case .failure(.unavailable) = try await second.value else {
                Issue.record("still waiting, or answered otherwise")
                return
            }
            setup.database.value.open()
            let answers = [try await first.value.get(), try await third.value.get()]
            #expect(answers == [10, 30])
            #expect(setup.database.value.batches == [[1], [3]])
        }
    }

    @Test("a caller that is cancelled after its item has left learns what became of it, and so do the others")
    func cancelledOnTheWay() async throws {
        try await onLoop { loop in
            let setup = Setup(on: loop)
            setup.database.value.isClosed = true
            let tasks = (1...3).map { item in loop.spawn { await setup.store(item) } }
            await Self.tick(loop)
            #expect(setup.database.value.batches == [[1, 2, 3]])
            for task in tasks { task.cancel() }
            await Self.tick(loop)
            setup.database.value.open()
            var answers: [Int] = []
            for task in tasks { answers.append(try await task.value.get()) }
            #expect(answers == [10, 20, 30])
        }
    }

    @Test("when too much waits a caller is refused at once, and nothing of its is sent")
    func full() async throws {
        try await onLoop { loop in
            var limits = GroupLimits()
            limits.batchesInFlight = 1
            limits.waitingItems = 2
            let setup = Setup(on: loop, limits)
            setup.database.value.isClosed = true
            let first = loop.spawn { await setup.store(1) }
            await Self.tick(loop)
            let waiting = [2, 3].map { item in loop.spawn { await setup.store(item) } }
            await Self.tick(loop)
            guard case .failure(.unavailable) = await setup.store(4) else {
                Issue.record("taken")
                return
            }
            setup.database.value.open()
            _ = try await first.value
            for task in waiting { _ = try await task.value.get() }
            #expect(setup.database.value.batches == [[1], [2, 3]])
        }
    }

    /// Lets the loop end its tick, and what that starts run.
    private static func tick(_ loop: EventLoop) async {
        for _ in 0..<3 {
            await withCheckedContinuation { continuation in
                loop.atEndOfTick { continuation.resume() }
            }
        }
    }
}
