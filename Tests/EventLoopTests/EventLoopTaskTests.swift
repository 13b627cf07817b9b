import EventLoop
import Glibc
import TestSupport
import Testing

@Suite("Event loop: tasks", .timeLimit(.minutes(10)))
struct EventLoopTaskTests {
    @Test("a task stays on its loop across sleeps and results of other threads")
    func staysOnItsLoop() async throws {
        try await onLoops(2) { group in
            let loop = group.loops[0]
            #expect(EventLoop.current === loop)
            try await loop.sleep(for: .milliseconds(1))
            #expect(EventLoop.current === loop)
            let other = await group.loops[1].perform { EventLoop.current?.index }
            #expect(other == 1)
            #expect(EventLoop.current === loop)
            await Task.yield()
            #expect(EventLoop.current === loop)
        }
    }

    @Test("a pause says whether it was over or its task was cancelled, also before it began")
    func pauses() async throws {
        try await onLoop { loop in
            #expect(await loop.pause(for: .milliseconds(1)))
            let pausing = loop.spawn { await loop.pause(for: .seconds(3_600)) }
            try await loop.sleep(for: .milliseconds(5))
            pausing.cancel()
            #expect(try await pausing.value == false)
            let late = loop.spawn {
                withUnsafeCurrentTask { $0?.cancel() }
                return await loop.pause(for: .seconds(3_600))
            }
            #expect(try await late.value == false)
        }
    }

    @Test("child tasks run on their parent's loop")
    func childTasks() async throws {
        try await onLoop { loop in
            async let bound = EventLoop.current?.index
            let indices = await withTaskGroup(of: Int?.self) { group in
                for _ in 0..<10 { group.addTask { EventLoop.current?.index } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(indices == Array(repeating: loop.index, count: 10))
            #expect(await bound == loop.index)
        }
    }

    @Test("a child can be sent to another loop, and its parent stays")
    func childElsewhere() async throws {
        try await onLoops(2) { group in
            let indices = await withTaskGroup(of: Int?.self) { tasks in
                for loop in group.loops { tasks.addTask(executorPreference: loop) { EventLoop.current?.index } }
                return await tasks.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(indices == [0, 1])
            #expect(EventLoop.current === group.loops[0])
        }
    }

    @Test("calls from many threads all run, on the loop, in each thread's order")
    func executeFromThreads() async throws {
        try await onLoop { loop in
            let seen = Lock<[[Int]]>([[], [], [], []])
            await withTaskGroup(of: Void.self) { group in
                for thread in 0..<4 {
                    let source = globalConcurrentExecutor
                    group.addTask(executorPreference: source) {
                        for number in 0..<500 {
                            loop.execute {
                                loop.preconditionInLoop()
                                seen.withLock { $0[thread].append(number) }
                            }
                        }
                    }
                }
            }
            let expected = Array(repeating: Array(0..<500), count: 4)
            _ = try await eventually(on: loop) { seen.withLock { $0 == expected } }
            #expect(seen.withLock { $0 } == expected)
        }
    }

    @Test("perform brings a value from the loop to any thread")
    func perform() async throws {
        let group = try EventLoopGroup(count: 1, namePrefix: "test")
        defer { group.shutdown() }
        let loop = group.loops[0]
        #expect(EventLoop.current == nil)
        #expect(await loop.perform { loop.isCurrent })
    }

    @Test("the end of a tick comes once, after the step that asked for it")
    func endOfTick() async throws {
        try await onLoop { loop in
            let order = Lock<[String]>([])
            loop.execute {
                loop.atEndOfTick { order.withLock { $0.append("end") } }
                order.withLock { $0.append("step") }
            }
            for _ in 0..<3 { try await loop.sleep(for: .milliseconds(1)) }
            #expect(order.withLock { $0 } == ["step", "end"])
        }
    }

    @Test("timers fire and sockets are read although tasks keep themselves busy")
    func busyTasks() async throws {
        try await onLoop { loop in
            let isOver = Lock(false)
            _ = loop.schedule(after: .milliseconds(5)) { isOver.withLock { $0 = true } }
            let start = MonotonicTime.now
            while !isOver.withLock({ $0 }), MonotonicTime.now - start < .seconds(60) {
                usleep(5_000)
                await Task.yield()
            }
            // A turn bounded by number alone would last 4096 yields: more than twenty seconds.
            #expect(MonotonicTime.now - start < .seconds(10))
        }
    }

    @Test("timers fire between many long steps that are ready at once, and the steps keep their order")
    func longBatch() async throws {
        try await onLoop { (loop) async throws in
            let (count, firedAfter, steps) = (1_000, Lock<Int?>(nil), Lock<[Int]>([]))
            _ = loop.schedule(after: .milliseconds(2)) {
                let done = steps.withLock { $0.count }
                firedAfter.withLock { $0 = done }
            }
            for number in 0..<count {
                loop.execute {
                    usleep(500)
                    steps.withLock { $0.append(number) }
                }
            }
            #expect(try await eventually(on: loop) { steps.withLock { $0.count } == count })
            #expect(steps.withLock { $0 } == Array(0..<count))
            // Eight steps of half a millisecond go by between two looks at the clock.
            #expect((firedAfter.withLock { $0 } ?? count) < 100)
        }
    }

    @Test("a loop of a group knows its index and name")
    func names() async throws {
        try await onLoops(2) { group in
            #expect(group.loops.map(\.index) == [0, 1])
            #expect(group.loops.map(\.name) == ["test-0", "test-1"])
        }
    }
}
