/// Carries a non-Sendable value between tasks of one loop; each access checks that it happens there.
public struct LoopBound<Value>: @unchecked Sendable {
    // Safety: the value is handed out only on the loop's thread.
    /// The only loop that may touch the value.
    public let loop: EventLoop
    private let stored: Value

    /// Binds `value` to `loop`. Must be called on it.
    public init(_ value: Value, to loop: EventLoop) {
        loop.preconditionInLoop()
        self.loop = loop
        stored = value
    }

    /// The value; traps on another thread.
    public var value: Value {
        loop.preconditionInLoop()
        return stored
    }
}
