import EventLoop

/// A wish to stop that one task waits for.
final class StopRequest: Sendable {
    private enum State: Sendable {
        case running
        case waiting(CheckedContinuation<Void, Never>)
        case requested
    }

    private let state = Lock(State.running)

    /// Expresses the wish. Any thread.
    func request() {
        let waiting: CheckedContinuation<Void, Never>? = state.withLock { state in
            defer { state = .requested }
            if case .waiting(let continuation) = state { return continuation }
            return nil
        }
        waiting?.resume()
    }

    /// Whether the wish was expressed.
    var isRequested: Bool {
        state.withLock { if case .requested = $0 { true } else { false } }
    }

    /// Waits for the wish.
    func wait() async {
        await withCheckedContinuation { continuation in
            let isLate = state.withLock { state in
                if case .requested = state { return true }
                state = .waiting(continuation)
                return false
            }
            if isLate { continuation.resume() }
        }
    }
}
