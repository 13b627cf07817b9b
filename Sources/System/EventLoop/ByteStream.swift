import CLinux
import Glibc

/// Why a stream can't go on.
public enum StreamError: Error, Equatable, Sendable {
    /// The peer reset the connection or stopped taking bytes.
    case disconnected
    /// The deadline passed before the stream became ready.
    case timedOut
    /// `interrupt` was called, for example because the server gives up its connections.
    case interrupted
}

/// A connected, non-blocking stream socket, confined to one loop. One task may read and one may write at a time.
///
/// It owns no buffer: an idle connection costs its descriptor and this object.
public final class ByteStream: ReadinessHandler {
    /// The loop that everything here happens on.
    public let loop: EventLoop
    private let descriptor: Int32
    @exclusivity(unchecked) private var token: EventToken?
    @exclusivity(unchecked) private var canRead: Bool
    @exclusivity(unchecked) private var canWrite: Bool
    @exclusivity(unchecked) private var reader: Waiter?
    @exclusivity(unchecked) private var writer: Waiter?
    @exclusivity(unchecked) private var hangupWaiter: UnsafeContinuation<Void, Never>?
    @exclusivity(unchecked) private var hangupAction: (() -> Void)?
    @exclusivity(unchecked) private var failure: StreamError?
    @exclusivity(unchecked) private var watchdog: (timer: TimerToken, deadline: MonotonicTime)?

    /// Whether the peer has ended its side or is gone. What it sent before may still be unread.
    @exclusivity(unchecked) public private(set) var hasHungUp = false

    private struct Waiter {
        let continuation: UnsafeContinuation<Result<Void, StreamError>, Never>
        let deadline: MonotonicTime?
    }

    /// Takes over `descriptor`, which is closed by `close`. `loop` must be the caller's.
    public convenience init(descriptor: Int32, on loop: EventLoop) throws(SystemError) {
        try self.init(descriptor: descriptor, on: loop, isConnected: true)
    }

    /// While a connection is being made, nothing can be written: the first event tells how it went.
    init(descriptor: Int32, on loop: EventLoop, isConnected: Bool) throws(SystemError) {
        self.descriptor = descriptor
        self.loop = loop
        canRead = isConnected
        canWrite = isConnected
        do throws(SystemError) {
            token = try loop.register(descriptor, for: [.readable, .writable, .edgeTriggered], handler: self)
        } catch {
            Glibc.close(descriptor)
            throw error
        }
    }

    /// Sends small writes at once instead of gathering them (`TCP_NODELAY`).
    public func disableNagle() {
        var one: Int32 = 1
        // Best effort: a stream that is not TCP has no such option and needs none.
        _ = setsockopt(descriptor, CLINUX_IPPROTO_TCP, CLINUX_TCP_NODELAY, &one, socklen_t(MemoryLayout<Int32>.size))
    }

    // MARK: Reading

    /// The outcome of one read.
    public enum ReadOutcome: Equatable, Sendable {
        /// So many bytes were stored; at least 1.
        case bytes(Int)
        /// Nothing there yet; wait with `waitUntilReadable`.
        case wouldBlock
        /// The peer has ended its side in order.
        case endOfStream
    }

    /// Reads what is there, without waiting.
    public func read(into buffer: UnsafeMutableRawBufferPointer) throws(StreamError) -> ReadOutcome {
        if let failure { throw failure }
        guard canRead else { return .wouldBlock }
        while true {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, 0)
            if count > 0 {
                // Less than asked for: the socket is empty, and what comes next is announced (epoll(7), edge-triggered
                // use). After a hang-up nothing is announced any more, so only the end itself tells.
                if count < buffer.count, !hasHungUp { canRead = false }
                return .bytes(count)
            }
            if count == 0 { return .endOfStream }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                canRead = false
                return .wouldBlock
            default: throw fail(.disconnected)
            }
        }
    }

    /// Suspends until a read would make progress.
    public func waitUntilReadable(deadline: MonotonicTime? = nil) async throws(StreamError) {
        if let failure { throw failure }
        if canRead { return }
        precondition(reader == nil, "one task reads at a time")
        watch(deadline)
        let result = await withUnsafeContinuation { reader = Waiter(continuation: $0, deadline: deadline) }
        try result.get()
    }

    /// Makes a pending `waitUntilReadable` return as if bytes had come, so that its caller looks again and sees
    /// what else has changed. Nothing that has arrived is lost.
    public func wakeReader() {
        canRead = true
        wakeReader(.success(()))
    }

    /// Suspends until the peer has hung up, the stream fails or is closed, or the task is cancelled. Independent of
    /// reading; one task at a time.
    public func waitUntilHungUp() async {
        let bound = LoopBound(self, to: loop)
        await withTaskCancellationHandler {
            if hasHungUp || failure != nil || Task.isCancelled { return }
            precondition(hangupWaiter == nil, "one task waits for the end")
            await withUnsafeContinuation { hangupWaiter = $0 }
        } onCancel: {
            bound.loop.execute { bound.value.wakeHangupWaiter() }
        }
    }

    /// Calls `action` once when the peer hangs up, the stream fails or is closed: at once when that has happened. Nil
    /// takes it back. For those who wait for something else meanwhile, and to whom a task that waits for the end would
    /// be too dear; one at a time.
    public func whenHungUp(_ action: (() -> Void)?) {
        precondition(action == nil || hangupAction == nil, "one at a time hears of the end")
        hangupAction = action
        if hasHungUp || failure != nil { callHangupAction() }
    }

    // MARK: Writing

    /// Writes as much as the socket takes now and returns the count, which may be 0.
    public func writeSome(_ bytes: UnsafeRawBufferPointer) throws(StreamError) -> Int {
        if let failure { throw failure }
        guard canWrite else { return 0 }
        while true {
            let count = send(descriptor, bytes.baseAddress, bytes.count, CLINUX_MSG_NOSIGNAL)
            if count >= 0 { return count }
            switch errno {
            case EINTR: continue
            case EAGAIN:
                canWrite = false
                return 0
            default: throw fail(.disconnected)
            }
        }
    }

    /// Suspends until a write would make progress.
    public func waitUntilWritable(deadline: MonotonicTime? = nil) async throws(StreamError) {
        if let failure { throw failure }
        if canWrite { return }
        precondition(writer == nil, "one task writes at a time")
        watch(deadline)
        let result = await withUnsafeContinuation { writer = Waiter(continuation: $0, deadline: deadline) }
        try result.get()
    }

    /// Bytes that have been written and that the peer's system has not acknowledged yet (`SIOCOUTQ`).
    public var unacknowledgedBytes: Int { Int(clinux_unacknowledged_bytes(descriptor)) }

    /// Writes all of `bytes`. `stall` is the longest time the peer may take nothing at all.
    public func write(_ bytes: [UInt8], stall: Duration? = nil) async throws(StreamError) {
        var sent = 0
        while sent < bytes.count {
            let start = sent
            let count = try bytes.span.bytes.withUnsafeBytes { (raw) throws(StreamError) -> Int in
                try writeSome(UnsafeRawBufferPointer(rebasing: raw[start...]))
            }
            sent += count
            if count == 0 { try await waitUntilWritable(deadline: stall.map { .now + $0 }) }
        }
    }

    // MARK: End

    /// Ends our direction (`shutdown(SHUT_WR)`): the peer sees the end of the stream after the last byte.
    public func endWriting() {
        guard token != nil else { return }
        _ = Glibc.shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Makes the waiting reader and writer, and every later call, fail with `.interrupted`.
    public func interrupt() {
        _ = fail(.interrupted)
    }

    /// Closes the descriptor with a TCP reset: what was sent and not read yet may be lost, and the peer's next call
    /// fails with `ECONNRESET` (socket(7), `SO_LINGER`). Waiting tasks fail.
    public func reset() {
        guard token != nil else { return }
        var now = linger(l_onoff: 1, l_linger: 0)
        // Best effort: without the option the peer sees an orderly end.
        _ = setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &now, socklen_t(MemoryLayout<linger>.size))
        close()
    }

    /// Closes the descriptor; waiting tasks fail. Safe to call twice.
    public func close() {
        guard let token else { return }
        if let watchdog { loop.cancel(watchdog.timer) }
        watchdog = nil
        loop.deregister(token)
        self.token = nil
        Glibc.close(descriptor)
        _ = fail(.disconnected)
    }

    /// Called by the loop.
    public func descriptorIsReady(_ readiness: Readiness) {
        if readiness.isHangup {
            hasHungUp = true
            wakeHangupWaiter()
        }
        if readiness.canRead {
            canRead = true
            wakeReader(.success(()))
        }
        if readiness.canWrite {
            canWrite = true
            wakeWriter(.success(()))
        }
    }

    private func fail(_ error: StreamError) -> StreamError {
        let first = failure ?? error
        failure = first
        wakeReader(.failure(first))
        wakeWriter(.failure(first))
        wakeHangupWaiter()
        return first
    }

    private func wakeHangupWaiter() {
        let waiting = hangupWaiter
        hangupWaiter = nil
        waiting?.resume()
        callHangupAction()
    }

    private func callHangupAction() {
        let action = hangupAction
        hangupAction = nil
        action?()
    }

    private func wakeReader(_ result: Result<Void, StreamError>) {
        let waiting = reader
        reader = nil
        waiting?.continuation.resume(returning: result)
    }

    private func wakeWriter(_ result: Result<Void, StreamError>) {
        let waiting = writer
        writer = nil
        waiting?.continuation.resume(returning: result)
    }

    /// One timer a stream: it fires at the earliest deadline it was armed for and re-arms itself for whoever
    /// still waits, so that the common case (bytes arrive in time) costs no heap operation.
    private func watch(_ deadline: MonotonicTime?) {
        guard let deadline else { return }
        if let watchdog {
            if watchdog.deadline <= deadline { return }
            loop.cancel(watchdog.timer)
        }
        let timer = loop.schedule(at: deadline) { [weak self] in self?.checkDeadlines() }
        watchdog = (timer, deadline)
    }

    private func checkDeadlines() {
        watchdog = nil
        let now = MonotonicTime.now
        if let deadline = reader?.deadline, deadline <= now { wakeReader(.failure(.timedOut)) }
        if let deadline = writer?.deadline, deadline <= now { wakeWriter(.failure(.timedOut)) }
        let pending = [reader?.deadline, writer?.deadline].compactMap(\.self).min()
        watch(pending)
    }
}
