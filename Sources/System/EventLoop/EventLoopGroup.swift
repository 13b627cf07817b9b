import CLinux

/// A fixed set of event loops, one thread each. They share nothing with each other.
public final class EventLoopGroup: Sendable {
    /// The loops, by index.
    public let loops: [EventLoop]
    private let threads: [LoopThread]

    /// Starts `count` (at least 1) loop threads named `prefix-0`, `prefix-1`, … When one cannot be started, those
    /// before it are ended.
    public init(count: Int, namePrefix prefix: String = "loop") throws(SystemError) {
        precondition(count > 0, "a group needs a loop")
        var loops: [EventLoop] = []
        var threads: [LoopThread] = []
        do throws(SystemError) {
            for index in 0..<count {
                let loop = try EventLoop(index: index, name: "\(prefix)-\(index)")
                threads.append(try LoopThread(name: loop.name) { loop.run() })
                loops.append(loop)
            }
        } catch {
            Self.end(loops, threads)
            throw error
        }
        self.loops = loops
        self.threads = threads
    }

    /// Stops all loops and joins their threads. Call it from outside the loops, after their tasks have ended.
    public func shutdown() {
        Self.end(loops, threads)
    }

    private static func end(_ loops: [EventLoop], _ threads: [LoopThread]) {
        for loop in loops { loop.stop() }
        for thread in threads { thread.join() }
    }
}

/// A named POSIX thread.
final class LoopThread: @unchecked Sendable {
    // Safety: `handle` is written once in init, before the object is shared.
    private let handle: pthread_t

    init(name: String, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
        let start = Unmanaged.passRetained(ThreadStart(name: name, body: body))
        var thread = pthread_t()
        let status = pthread_create(&thread, nil, runThread, start.toOpaque())
        guard status == 0 else {
            start.release()
            throw SystemError(call: "pthread_create", code: status)
        }
        handle = thread
    }

    func join() {
        let status = pthread_join(handle, nil)
        precondition(status == 0, "pthread_join failed: \(status)")
    }
}

private final class ThreadStart: Sendable {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
        self.name = name
        self.body = body
    }
}

private func runThread(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    let start = Unmanaged<ThreadStart>.fromOpaque(argument).takeRetainedValue()
    _ = pthread_setname_np(pthread_self(), String(start.name.prefix(15)))
    start.body()
    return nil
}
