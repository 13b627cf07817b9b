import Glibc

/// Keeps a TCP port for whoever has just left it and will come back: the kernel gives it to nobody else meanwhile, and
/// refuses connections to it. Who comes back binds it with `SO_REUSEADDR` and listens while it is still kept
/// (socket(7)). It ends with its last reference; any thread.
public final class PortReservation: Sendable {
    private let descriptor: Int32

    /// Throws `EADDRINUSE` when some socket listens on `address`.
    public init(of address: SocketAddress) throws(SystemError) {
        descriptor = try Listener.bound(to: address, SO_REUSEADDR)
    }

    deinit { Glibc.close(descriptor) }
}
