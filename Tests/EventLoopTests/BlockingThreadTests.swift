import EventLoop
import Glibc
import TestSupport
import Testing

@Suite("Blocking thread", .timeLimit(.minutes(10)))
struct BlockingThreadTests {
    private struct Refusal: Error {}

    /// Keeps the thread busy until it is let go.
    private final class Plug: Sendable {
        private let isPulled = Lock(false)
        let hasBegun = Gate()

        func pull() { isPulled.withLock { $0 = true } }

        func block() {
            hasBegun.open()
            while !isPulled.withLock({ $0 }) { usleep(200) }
        }
    }

    @Test("a call runs on the named thread, its result comes back, and the task stays on its loop")
    func result() async throws {
        try await onLoop { loop in
            let thread = try BlockingThread(name: "test-blocking")
            defer { thread.shutdown() }
            let name = try await thread.run {
                #expect(EventLoop.current == nil)
                return Self.threadName()
            }
            #expect(name == "test-blocking\n")
            #expect(EventLoop.current === loop)
        }
    }

    private static func threadName() -> String {
        let descriptor = open("/proc/thread-self/comm", O_RDONLY | O_CLOEXEC)
        defer { close(descriptor) }
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = read(descriptor, &buffer, buffer.count)
        return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
    }

    @Test("an error of the call comes back")
    func failure() async throws {
        let thread = try BlockingThread(name: "test-blocking")
        defer { thread.shutdown() }
        await #expect(throws: Refusal.self) { try await thread.run { throw Refusal() } }
    }

    @Test("calls run one after another in the order they came")
    func order() async throws {
        try await onLoop { loop in
            let thread = try BlockingThread(name: "test-blocking")
            defer { thread.shutdown() }
            let seen = Lock<[Int]>([])
            try await withThrowingTaskGroup(of: Void.self) { group in
                // Tasks of one loop begin in the order they were made.
                for number in 0..<100 {
                    group.addTask(executorPreference: loop) {
                        try await thread.run { seen.withLock { $0.append(number) } }
                    }
                }
                try await group.waitForAll()
            }
            #expect(seen.withLock { $0 } == Array(0..<100))
        }
    }

    @Test("a call beyond the limit is refused at once, and the waiting ones run")
    func limit() async throws {
        try await onLoop { loop in
            let thread = try BlockingThread(name: "test-blocking", limit: 2)
            defer { thread.shutdown() }
            let plug = Plug()
            let blocked = loop.spawn { try await thread.run { plug.block() } }
            await plug.hasBegun.wait()
            let waiting = (1...2).map { number in loop.spawn { try await thread.run { number } } }
            try await loop.sleep(for: .zero)
            await #expect(throws: BlockingThreadError.full) { try await thread.run {} }
            plug.pull()
            try await blocked.value
            #expect(try await waiting[0].value == 1)
            #expect(try await waiting[1].value == 2)
        }
    }

    @Test("a shutdown finishes the calls that were accepted and refuses later ones")
    func shutdown() async throws {
        let group = try EventLoopGroup(count: 1, namePrefix: "test")
        defer { group.shutdown() }
        let loop = group.loops[0]
        let thread = try BlockingThread(name: "test-blocking")
        let plug = Plug()
        let blocked = loop.spawn { try await thread.run { plug.block() } }
        await plug.hasBegun.wait()
        let accepted = (0..<5).map { number in loop.spawn { try await thread.run { number } } }
        await loop.perform {}
        plug.pull()
        thread.shutdown()
        try await blocked.value
        for (number, task) in accepted.enumerated() { #expect(try await task.value == number) }
        await #expect(throws: BlockingThreadError.closed) { try await thread.run {} }
    }
}
