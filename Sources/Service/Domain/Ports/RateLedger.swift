/// Divides the requests that clients may send in a window between processes, in blocks. A client's window begins with
/// its first request; what is granted in one never exceeds its limit. Callable from any loop's task.
public protocol RateLedger: Sendable {
    /// Takes back what was not used, and grants what is wanted and some more in advance: half of what is left. One
    /// round trip for all orders, whose names are all different; the answers have their order.
    func exchange(_ orders: [RateOrder], window: Duration) async throws(StoreError) -> [RateGrant]

    /// Forgets at most `limit` windows that have ended; says how many those were.
    func forgetEnded(limit: Int) async throws(StoreError) -> Int
}
