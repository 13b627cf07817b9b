import CLinux

/// One named thread for calls that cannot be made non-blocking (DNS, some C library calls), so that they never
/// hold up a loop. Calls run one after another, in order.
public final class BlockingThread: Sendable {
    private let queue: CallQueue
    private let thread: LoopThread

    /// Starts the thread. At most `limit` calls wait at a time; further ones fail with `BlockingThreadError.full`.
    public init(name: String, limit: Int = 1024) throws(SystemError) {
        let queue = CallQueue(limit: limit)
        self.queue = queue
        thread = try LoopThread(name: name) {
            while let call = queue.next() { call() }
        }
    }

    /// Runs `body` on the thread and returns its result; the calling task goes on where it was. Any thread.
    public func run<Success: Sendable>(
        _ body: @escaping @Sendable () throws -> Success
    ) async throws -> Success {
        try await withCheckedThrowingContinuation { continuation in
            let refusal = queue.add { continuation.resume(with: Result(catching: body)) }
            if let refusal { continuation.resume(throwing: refusal) }
        }
    }

    /// Finishes the calls that were accepted, refuses new ones and joins the thread. Not from a loop.
    public func shutdown() {
        queue.close()
        thread.join()
    }
}

/// Why a call was not accepted.
public enum BlockingThreadError: Error, Sendable {
    /// Too many calls wait already.
    case full
    /// The thread is shutting down.
    case closed
}

/// A bounded queue with a blocking reader.
private final class CallQueue: @unchecked Sendable {
    // Safety: `calls` and `isClosed` are touched only while `mutex` is held.
    private var calls: [@Sendable () -> Void] = []
    private var isClosed = false
    private let limit: Int
    private let mutex: UnsafeMutablePointer<pthread_mutex_t> = .allocate(capacity: 1)
    private let condition: UnsafeMutablePointer<pthread_cond_t> = .allocate(capacity: 1)

    init(limit: Int) {
        self.limit = limit
        mutex.initialize(to: pthread_mutex_t())
        condition.initialize(to: pthread_cond_t())
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    func add(_ call: @escaping @Sendable () -> Void) -> BlockingThreadError? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        if isClosed { return .closed }
        if calls.count >= limit { return .full }
        calls.append(call)
        pthread_cond_signal(condition)
        return nil
    }

    func next() -> (@Sendable () -> Void)? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while calls.isEmpty {
            if isClosed { return nil }
            pthread_cond_wait(condition, mutex)
        }
        return calls.removeFirst()
    }

    func close() {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        isClosed = true
        pthread_cond_signal(condition)
    }
}
