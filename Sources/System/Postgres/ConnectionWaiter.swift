/// One task that waits for a connection. A connection, the end of its patience and the client's end may all come
/// before the task goes on: the first one wakes it, the others find nobody.
final class ConnectionWaiter {
    private var continuation: CheckedContinuation<Void, Never>?

    /// Suspends until `wake`; to be called once.
    func wait() async {
        await withCheckedContinuation { continuation = $0 }
    }

    func wake() {
        let waiting = continuation
        continuation = nil
        waiting?.resume()
    }
}
