public import Domain
public import EventLoop
public import Telemetry

/// Waits for jobs to change. However many requests of a loop wait, one query at a time asks for all of them.
public final class JobWatch {
    private let loop: EventLoop
    private let store: any JobStore
    private let logger: Logger
    private var waiters: [JobID: [Waiter]] = [:]
    private var sleeper: CheckedContinuation<Void, Never>?
    private var isEnding = false
    private let shortestPause = Duration.milliseconds(20)

    private final class Waiter {
        let known: JobState?
        var continuation: CheckedContinuation<Void, Never>?
        var isReleased = false

        init(_ known: JobState?) {
            self.known = known
        }

        func isSatisfied(by state: JobState) -> Bool {
            known.map { $0 != state } ?? state.isFinal
        }
    }

    /// A watch for the requests of `loop`, which must be the caller's.
    public init(on loop: EventLoop, store: any JobStore, logger: Logger) {
        loop.preconditionInLoop()
        self.loop = loop
        self.store = store
        self.logger = logger
    }

    /// Returns when the job is no longer in the state `known` (nil: when it has ended), after `limit`, or when the
    /// task is cancelled. `onHangup` is given what is to be called when nobody waits for the answer any more, and nil
    /// at the end: thousands may wait, and a task beside each that looks after its client would double what they take.
    func wait(
        for id: JobID, knownState known: JobState?, atMost limit: Duration,
        onHangup: ((() -> Void)?) -> Void = { _ in }
    ) async {
        if isEnding || Task.isCancelled { return }
        let waiter = Waiter(known)
        waiters[id, default: []].append(waiter)
        wakeSleeper()
        onHangup { [weak self] in self?.release(waiter, of: id) }
        defer { onHangup(nil) }
        let timer = loop.schedule(after: limit) { [weak self] in self?.release(waiter, of: id) }
        let bound = LoopBound((watch: self, waiter: waiter), to: loop)
        await withTaskCancellationHandler {
            if waiter.isReleased { return }
            await withCheckedContinuation { waiter.continuation = $0 }
        } onCancel: {
            bound.loop.execute { bound.value.watch.release(bound.value.waiter, of: id) }
        }
        loop.cancel(timer)
    }

    /// Ends all waits, and later ones at once: the requests are answered with what is known by now.
    public func endWaits() {
        isEnding = true
        releaseAll()
    }

    private func releaseAll() {
        for (id, list) in waiters { list.forEach { release($0, of: id) } }
    }

    /// Asks the store while anybody waits, until the task is cancelled.
    public func run() async {
        var start: MonotonicTime
        repeat {
            if waiters.isEmpty { await sleepUntilNeeded() }
            start = .now
            await look()
            // A slow database is not asked more often than every fourth part of the time.
        } while await loop.pause(for: max(shortestPause, (MonotonicTime.now - start) * 3))
        releaseAll()
    }

    private func look() async {
        guard !waiters.isEmpty else { return }
        do throws(StoreError) {
            let states = try await store.states(of: Array(waiters.keys))
            for (id, state) in states {
                for waiter in waiters[id] ?? [] where waiter.isSatisfied(by: state) { release(waiter, of: id) }
            }
        } catch {
            logger.debug("waiting requests cannot be looked after", ["reason": "\(error)"])
        }
    }

    private func release(_ waiter: Waiter, of id: JobID) {
        let rest = (waiters[id] ?? []).filter { $0 !== waiter }
        waiters[id] = rest.isEmpty ? nil : rest
        waiter.isReleased = true
        let waiting = waiter.continuation
        waiter.continuation = nil
        waiting?.resume()
    }

    private func sleepUntilNeeded() async {
        let bound = LoopBound(self, to: loop)
        await withTaskCancellationHandler {
            if Task.isCancelled { return }
            await withCheckedContinuation { sleeper = $0 }
        } onCancel: {
            bound.loop.execute { bound.value.wakeSleeper() }
        }
    }

    private func wakeSleeper() {
        let woken = sleeper
        sleeper = nil
        woken?.resume()
    }
}
