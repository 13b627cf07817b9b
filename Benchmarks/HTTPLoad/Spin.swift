import EventLoop

/// Calls something over and over on a loop, between two looks at its sockets. It burns the whole core: a timer of
/// whole milliseconds would send in bursts and be measured along with the server.
struct Spin {
    let loop: EventLoop

    /// Returns when `body` says that it is done.
    func run(until body: @escaping (MonotonicTime) -> Bool) async {
        await withUnsafeContinuation { continuation in turn(body, continuation) }
    }

    private func turn(
        _ body: @escaping (MonotonicTime) -> Bool, _ continuation: UnsafeContinuation<Void, Never>
    ) {
        let now = MonotonicTime.now
        if body(now) { return continuation.resume() }
        _ = loop.schedule(at: now) { turn(body, continuation) }
    }
}
