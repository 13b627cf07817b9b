import CLinux

/// An eventfd on a loop: something rings it from any thread (a C library that writes to `descriptor`, or `ring`)
/// and `action` runs on the loop. Rings that come before the loop wakes are one.
public final class Bell: ReadinessHandler {
    /// The eventfd, for C libraries that write eight bytes to wake their owner.
    public let descriptor: Int32
    private let loop: EventLoop
    private let action: () -> Void
    private var token: EventToken?

    /// Opens the eventfd and watches it on `loop`, which must be the caller's.
    public init(on loop: EventLoop, _ action: @escaping () -> Void) throws(SystemError) {
        self.loop = loop
        self.action = action
        descriptor = eventfd(0, CLINUX_EFD_FLAGS)
        guard descriptor >= 0 else { throw SystemError(call: "eventfd") }
        do throws(SystemError) {
            token = try loop.register(descriptor, for: .readable, handler: self)
        } catch {
            _ = CLinux.close(descriptor)
            throw error
        }
    }

    /// Stops watching and closes the eventfd. Call it once, on the loop, after the C library has let go of it.
    public func close() {
        guard let token else { return }
        loop.deregister(token)
        self.token = nil
        _ = CLinux.close(descriptor)
    }

    /// Takes the counter back to zero and runs the action. Called by the loop.
    public func descriptorIsReady(_ readiness: Readiness) {
        var count: UInt64 = 0
        _ = read(descriptor, &count, MemoryLayout<UInt64>.size)
        action()
    }
}
