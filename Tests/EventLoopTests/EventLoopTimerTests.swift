import EventLoop
import TestSupport
import Testing

@Suite("Event loop: timers", .timeLimit(.minutes(10)))
struct EventLoopTimerTests {
    @Test("timers fire in the order of their deadlines, and not too early")
    func order() async throws {
        try await onLoop { loop in
            let fired = Lock<[Int]>([])
            let start = MonotonicTime.now
            for delay in [7, 3, 5, 1, 6, 2, 4] {
                let deadline = start + .milliseconds(delay)
                _ = loop.schedule(at: deadline) {
                    #expect(MonotonicTime.now >= deadline)
                    fired.withLock { $0.append(delay) }
                }
            }
            try await loop.sleep(for: .milliseconds(20))
            #expect(fired.withLock { $0 } == [1, 2, 3, 4, 5, 6, 7])
        }
    }

    @Test("a timer need not wait for a whole millisecond")
    func fractions() async throws {
        try await onLoop { loop in
            var shortest = Duration.seconds(1)
            // A thread of a busy machine is rarely woken at once.
            for _ in 0..<10_000 where shortest >= .microseconds(900) {
                let start = MonotonicTime.now
                try await loop.sleep(for: .microseconds(200))
                shortest = min(shortest, .now - start)
            }
            #expect(shortest >= .microseconds(200) && shortest < .microseconds(900))
        }
    }

    @Test("equal deadlines fire in the order they were made")
    func ties() async throws {
        try await onLoop { loop in
            let fired = Lock<[Int]>([])
            let deadline = MonotonicTime.now + .milliseconds(2)
            for number in 0..<20 { _ = loop.schedule(at: deadline) { fired.withLock { $0.append(number) } } }
            try await loop.sleep(for: .milliseconds(10))
            #expect(fired.withLock { $0 } == Array(0..<20))
        }
    }

    @Test("a cancelled timer never fires, not even when another one cancels it at the last moment")
    func cancelled() async throws {
        try await onLoop { loop in
            let fired = Lock<[String]>([])
            let deadline = MonotonicTime.now + .milliseconds(2)
            let early = loop.schedule(at: deadline) { fired.withLock { $0.append("early") } }
            loop.cancel(early)
            let victim = LoopBound(Victim(), to: loop)
            _ = loop.schedule(at: deadline) {
                fired.withLock { $0.append("canceller") }
                if let timer = victim.value.timer { loop.cancel(timer) }
            }
            victim.value.timer = loop.schedule(at: deadline) { fired.withLock { $0.append("victim") } }
            try await loop.sleep(for: .milliseconds(10))
            #expect(fired.withLock { $0 } == ["canceller"])
        }
    }

    private final class Victim {
        var timer: TimerToken?
    }

    @Test("a sleep takes at least its time")
    func sleep() async throws {
        try await onLoop { loop in
            let start = MonotonicTime.now
            try await loop.sleep(for: .milliseconds(10))
            #expect(MonotonicTime.now - start >= .milliseconds(10))
        }
    }

    @Test("a sleep ends early with an error when its task is cancelled", arguments: [true, false])
    func cancelledSleep(before: Bool) async throws {
        try await onLoop { loop in
            let start = MonotonicTime.now
            let sleeper = loop.spawn { try await loop.sleep(for: .seconds(600)) }
            if !before { try await loop.sleep(for: .milliseconds(2)) }
            sleeper.cancel()
            let outcome = await sleeper.result
            #expect(throws: CancellationError.self) { try outcome.get() }
            #expect(MonotonicTime.now - start < .seconds(60))
        }
    }
}
