import CLinux
import Glibc

/// One thread that waits on epoll and runs everything that is bound to it: readiness handlers, timers and async
/// tasks. As a `TaskExecutor` it runs the tasks that prefer it, and their child tasks, on that thread from start
/// to end, so a request never changes thread.
///
/// Methods are for the loop's own thread unless they say "any thread".
public final class EventLoop: TaskExecutor, CustomStringConvertible, @unchecked Sendable {
    // Safety: `epoll` is read-only after init and its kernel calls are thread-safe; `inbox` has its own lock; the
    // remaining properties are touched by the loop's thread only, which `preconditionInLoop` checks at each entry.

    /// Position in its group, from 0.
    public let index: Int
    /// The thread's name, at most 15 bytes on Linux.
    public let name: String

    private let epoll: Epoll
    private let inbox = Inbox()
    @exclusivity(unchecked) private var ready: [Inbox.Item] = []
    private var registrations: [Registration?] = []
    private var nextGeneration: UInt32 = 1
    private var timers = TimerHeap()
    private var tickEndActions: [() -> Void] = []
    private var isStopping = false
    private static let longestTurnNanoseconds: Int64 = 1_000_000
    @exclusivity(unchecked) private var turnStart = MonotonicTime.now

    private struct Registration {
        let generation: UInt32
        let handler: any ReadinessHandler
    }

    /// Opens the kernel objects; the thread is started by `EventLoopGroup`.
    init(index: Int, name: String) throws(SystemError) {
        self.index = index
        self.name = name
        epoll = try Epoll()
    }

    /// The thread's name.
    public var description: String { name }

    /// The loop of the calling thread, or nil on other threads. Any thread.
    public static var current: EventLoop? {
        guard let pointer = clinux_current_loop() else { return nil }
        return Unmanaged<EventLoop>.fromOpaque(pointer).takeUnretainedValue()
    }

    /// Whether the caller runs on this loop's thread. Any thread.
    public var isCurrent: Bool {
        clinux_current_loop() == Unmanaged.passUnretained(self).toOpaque()
    }

    /// Traps when the caller is on another thread: the mistake would be a data race.
    public func preconditionInLoop() {
        precondition(isCurrent, "not on loop \(name)")
    }

    // MARK: Work

    /// Runs a task's next step on this loop; called by the Swift runtime. Any thread.
    public func enqueue(_ job: consuming ExecutorJob) {
        submit(.job(UnownedJob(job)))
    }

    /// Calls `body` on the loop's thread, soon. Any thread. Dropped when the loop has stopped.
    public func execute(_ body: @escaping @Sendable () -> Void) {
        submit(.call(body))
    }

    private func submit(_ item: Inbox.Item) {
        if isCurrent {
            ready.append(item)
        } else if inbox.post(item) {
            epoll.wake()
        }
    }

    /// Calls `body` once, after all ready events and tasks of this tick and before the loop waits again: the
    /// place to flush what was gathered.
    public func atEndOfTick(_ body: @escaping () -> Void) {
        preconditionInLoop()
        tickEndActions.append(body)
    }

    // MARK: Timers

    /// When the present turn of tasks began: some milliseconds ago at most, unless one of them holds up the loop. For
    /// deadlines that need not be exact, since looking at the clock is not free.
    public var recently: MonotonicTime {
        preconditionInLoop()
        return turnStart
    }

    /// Calls `body` once at or shortly after `deadline`.
    public func schedule(at deadline: MonotonicTime, _ body: @escaping () -> Void) -> TimerToken {
        preconditionInLoop()
        return timers.insert(deadline: deadline, body)
    }

    /// Calls `body` once after `delay`.
    public func schedule(after delay: Duration, _ body: @escaping () -> Void) -> TimerToken {
        schedule(at: .now + delay, body)
    }

    /// Forgets a timer; does nothing when it has already fired.
    public func cancel(_ timer: TimerToken) {
        preconditionInLoop()
        timers.cancel(timer)
    }

    // MARK: Descriptors

    /// Watches `descriptor`, which must be open, non-blocking and not yet registered here. The handler is kept
    /// until `deregister`.
    public func register(
        _ descriptor: Int32, for interest: Readiness, handler: any ReadinessHandler
    ) throws(SystemError) -> EventToken {
        preconditionInLoop()
        let token = EventToken(descriptor: descriptor, generation: nextGeneration)
        try epoll.control(EPOLL_CTL_ADD, descriptor, interest.rawValue, token.data)
        nextGeneration = nextGeneration == .max ? 1 : nextGeneration + 1
        let slot = Int(descriptor)
        if slot >= registrations.count {
            registrations.append(contentsOf: repeatElement(nil, count: slot + 1 - registrations.count))
        }
        registrations[slot] = Registration(generation: token.generation, handler: handler)
        return token
    }

    /// Changes what a registered descriptor is watched for.
    public func modify(_ token: EventToken, to interest: Readiness) throws(SystemError) {
        preconditionInLoop()
        try epoll.control(EPOLL_CTL_MOD, token.descriptor, interest.rawValue, token.data)
    }

    /// Stops watching. Call it before the descriptor is closed; a descriptor that a C library has already closed
    /// is accepted, since the kernel has forgotten it by itself, whatever another thread has opened under its number.
    public func deregister(_ token: EventToken) {
        preconditionInLoop()
        let slot = Int(token.descriptor)
        guard slot < registrations.count, registrations[slot]?.generation == token.generation else { return }
        registrations[slot] = nil
        do {
            try epoll.control(EPOLL_CTL_DEL, token.descriptor, 0, token.data)
        } catch {
            // Nothing has the number now, or a descriptor that is not watched here, or one that no epoll can watch.
            precondition([EBADF, ENOENT, EPERM].contains(error.code), "\(error)")
        }
    }

    // MARK: Life

    /// Runs until `stop`; called once by the thread that becomes this loop.
    func run() {
        clinux_set_current_loop(Unmanaged.passUnretained(self).toOpaque())
        defer { clinux_set_current_loop(nil) }
        while !isStopping {
            runReadyItems()
            fireDueTimers()
            runTickEndActions()
            epoll.wait(nanoseconds: waitNanoseconds()) { mask, data in
                dispatch(Readiness(rawValue: mask), EventToken(data: data))
            }
            collectInbox()
        }
        forgetEverything()
    }

    /// What is still registered holds this loop and is held by it.
    private func forgetEverything() {
        registrations = []
        timers = TimerHeap()
        tickEndActions = []
        ready = []
    }

    /// Makes `run` return after the current tick. Tasks that still wait then never finish, so end them first.
    /// Any thread.
    func stop() {
        execute { self.isStopping = true }
    }

    private func collectInbox() {
        var arrived: [Inbox.Item] = []
        inbox.drain(into: &arrived)
        if ready.isEmpty {
            ready = arrived
        } else {
            ready.append(contentsOf: arrived)
        }
    }

    /// Runs what is ready now and what that makes ready in turn, up to a bound in number and time, so that sockets
    /// and timers are never starved by tasks that keep each other, or themselves, busy.
    private func runReadyItems() {
        guard !ready.isEmpty else { return }
        var budget = 4096
        turnStart = .now
        let end = turnStart.nanoseconds + Self.longestTurnNanoseconds
        repeat {
            var batch: [Inbox.Item] = []
            swap(&batch, &ready)
            budget -= batch.count
            var done = 0
            while done < batch.count {
                run(batch[done])
                done += 1
                // Looking at the clock is not free, and most items take less than a microsecond.
                guard done % 8 == 0, done < batch.count, MonotonicTime.now.nanoseconds >= end else { continue }
                ready.insert(contentsOf: batch[done...], at: 0)
                return
            }
        } while !ready.isEmpty && budget > 0 && MonotonicTime.now.nanoseconds < end
    }

    private func run(_ item: Inbox.Item) {
        switch item {
        case .job(let job): job.runSynchronously(on: asUnownedTaskExecutor())
        case .call(let body): body()
        }
    }

    private func fireDueTimers() {
        guard timers.count > 0 else { return }
        let now = MonotonicTime.now
        while let action = timers.popDue(at: now) { action() }
    }

    private func runTickEndActions() {
        while !tickEndActions.isEmpty {
            let actions = tickEndActions
            tickEndActions.removeAll(keepingCapacity: true)
            for action in actions { action() }
        }
    }

    private func waitNanoseconds() -> Int64 {
        if !ready.isEmpty || isStopping { return 0 }
        guard let deadline = timers.nextDeadline() else { return -1 }
        return max(0, deadline.nanoseconds - MonotonicTime.now.nanoseconds)
    }

    private func dispatch(_ readiness: Readiness, _ token: EventToken) {
        let slot = Int(token.descriptor)
        guard slot < registrations.count, let registration = registrations[slot],
            registration.generation == token.generation
        else { return }
        registration.handler.descriptorIsReady(readiness)
    }
}
