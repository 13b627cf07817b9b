/// Grows by one each time a worker takes the job, so that a late worker's result is told from the present one's
/// and refused (a fencing token).
public struct FencingToken: Hashable, Sendable {
    /// 1 for the first worker.
    public let value: Int64

    /// Wraps a stored token.
    public init(_ value: Int64) {
        self.value = value
    }
}
