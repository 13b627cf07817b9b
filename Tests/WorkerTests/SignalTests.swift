import EventLoop
import TestSupport
import Testing
import Worker

@Suite("A signal", .timeLimit(.minutes(10)))
struct SignalTests {
    @Test("wakes a task that waits without a limit")
    func ring() async throws {
        try await onLoop { loop in
            let signal = Signal(on: loop)
            let task = loop.spawn { await signal.wait() }
            signal.ring()
            _ = await task.result
        }
    }

    @Test("lets a cancelled task go on that waits without a limit")
    func cancelled() async throws {
        try await onLoop { loop in
            let signal = Signal(on: loop)
            let task = loop.spawn { await signal.wait() }
            task.cancel()
            _ = await task.result
        }
    }

    @Test("no ring from another thread is lost, however close they follow one another")
    func manyRings() async throws {
        try await onLoops(2) { group in
            let (loop, other) = (group.loops[0], group.loops[1])
            let signal = Signal(on: loop)
            let count = Lock(0)
            let rings = 20_000
            let ringer = other.spawn {
                for _ in 0..<rings {
                    count.withLock { $0 += 1 }
                    signal.ring()
                }
            }
            // Each wait ends by a ring that came behind what was seen before it.
            while count.withLock({ $0 }) < rings { await signal.wait() }
            _ = await ringer.result
        }
    }

    @Test("remembers one ring that came before the wait, and no second one")
    func early() async throws {
        try await onLoop { loop in
            let signal = Signal(on: loop)
            signal.ring()
            signal.ring()
            await signal.wait()
            let start = MonotonicTime.now
            await signal.wait(atMost: .milliseconds(30))
            #expect(MonotonicTime.now - start >= .milliseconds(30))
        }
    }
}
