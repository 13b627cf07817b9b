import Domain
import EventLoop

/// Why a job is stopped before its model has answered.
enum StopReason: Sendable {
    /// Another worker has it now: whatever comes of it here is worthless.
    case leaseLost
    /// Its client does not want it any more.
    case cancelled
    /// It took longer than a job may take.
    case tooLong
    /// It was claimed for a slot that did not become free.
    case noSlot
    /// This worker is shutting down.
    case shutdown
}

/// A job that this worker holds: its lease, and the way to stop it.
final class RunningJob {
    let lease: JobLease
    /// Nobody else has the job before then, by this process's clock.
    var heldUntil: MonotonicTime
    private var reason: StopReason?
    private var waiter: CheckedContinuation<Void, Never>?
    /// Called when the job is stopped, and at once if it was before.
    var onStop: (() -> Void)? {
        didSet { if reason != nil { onStop?() } }
    }
    /// Whether the model is done and the end is being stored: nothing is left to stop.
    private(set) var hasEnded = false

    init(_ lease: JobLease, heldUntil: MonotonicTime) {
        self.lease = lease
        self.heldUntil = heldUntil
    }

    /// Stops the job unless it has ended; the first reason counts.
    func stop(_ reason: StopReason) {
        guard !hasEnded else { return }
        if self.reason == nil { self.reason = reason }
        onStop?()
        wake()
    }

    /// The job is over by itself: ends the wait for a reason to stop it.
    func end() {
        hasEnded = true
        wake()
    }

    /// Waits for a reason to stop, or for the job's end.
    func waitForStop() async -> StopReason? {
        if reason == nil, !hasEnded {
            await withCheckedContinuation { waiter = $0 }
        }
        return reason
    }

    private func wake() {
        let woken = waiter
        waiter = nil
        woken?.resume()
    }
}
