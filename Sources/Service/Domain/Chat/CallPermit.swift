/// The right to make one call. Give it back in every case.
public final class CallPermit: Sendable {
    /// How long its turn took to come.
    public let waited: Duration
    private let onLeave: @Sendable () -> Void

    /// A permit; `onLeave` must bear being called more than once and from any thread.
    public init(waited: Duration, onLeave: @escaping @Sendable () -> Void) {
        self.waited = waited
        self.onLeave = onLeave
    }

    deinit {
        onLeave()
    }

    /// Gives the slot back; a second time does nothing.
    public func leave() {
        onLeave()
    }
}
