import CLinux
import Glibc

/// A listening TCP socket on one loop. With `SO_REUSEPORT` each loop opens its own for the same address and the
/// kernel spreads the connections.
public final class Listener: ReadinessHandler {
    /// The bound address; its port is the real one when port 0 was asked for.
    public let address: SocketAddress
    private let loop: EventLoop
    private let descriptor: Int32
    private var token: EventToken?
    private var waiter: UnsafeContinuation<Void, Never>?
    private var isReady = true

    /// Binds and listens; `loop` must be the caller's.
    public init(on loop: EventLoop, address: SocketAddress, backlog: Int32 = 4096) throws(SystemError) {
        descriptor = try Listener.open(address, backlog: backlog)
        self.loop = loop
        let fd = descriptor
        self.address = SocketAddress { _ = getsockname(fd, $0, $1) }
        do throws(SystemError) {
            token = try loop.register(descriptor, for: [.readable, .edgeTriggered], handler: self)
        } catch {
            Glibc.close(descriptor)
            throw error
        }
    }

    /// Throws `EADDRINUSE` when some socket listens on `address` already. Sharing a port between processes is
    /// possible with `SO_REUSEPORT`, but starting a second server on it is nearly always a mistake.
    public static func checkIsFree(_ address: SocketAddress) throws(SystemError) {
        let fd = try bound(to: address, SO_REUSEADDR)
        defer { Glibc.close(fd) }
        guard listen(fd, 1) == 0 else { throw SystemError(call: "listen") }
    }

    private static func open(_ address: SocketAddress, backlog: Int32) throws(SystemError) -> Int32 {
        let fd = try bound(to: address, SO_REUSEADDR, SO_REUSEPORT)
        guard listen(fd, backlog) == 0 else {
            let error = SystemError(call: "listen")
            Glibc.close(fd)
            throw error
        }
        return fd
    }

    /// A socket with these options of `SOL_SOCKET`, bound and not listening yet.
    static func bound(to address: SocketAddress, _ options: Int32...) throws(SystemError) -> Int32 {
        let fd = socket(address.family, CLINUX_SOCK_STREAM | CLINUX_SOCK_FLAGS, 0)
        guard fd >= 0 else { throw SystemError(call: "socket") }
        do throws(SystemError) {
            for option in options { try setOption(fd, SOL_SOCKET, option) }
            guard address.withSockaddr({ bind(fd, $0, $1) }) == 0 else { throw SystemError(call: "bind") }
        } catch {
            Glibc.close(fd)
            throw error
        }
        return fd
    }

    private static func setOption(_ fd: Int32, _ level: Int32, _ name: Int32) throws(SystemError) {
        var one: Int32 = 1
        guard setsockopt(fd, level, name, &one, socklen_t(MemoryLayout<Int32>.size)) == 0 else {
            throw SystemError(call: "setsockopt")
        }
    }

    /// What came of one look at the accept queue.
    public enum Accepted {
        /// A connected, non-blocking descriptor that the caller now owns, and who is on the other side.
        case connection(Int32, peer: SocketAddress)
        /// Nobody waits at the moment.
        case none
        /// Nothing can be accepted for now, mostly for want of descriptors or memory; try again later.
        case exhausted(SystemError)
        /// The listener was closed.
        case closed
    }

    /// Takes one waiting connection without blocking.
    public func accept() -> Accepted {
        loop.preconditionInLoop()
        while token != nil {
            var fd: Int32 = -1
            let peer = SocketAddress { fd = accept4(descriptor, $0, $1, CLINUX_SOCK_FLAGS) }
            if fd >= 0 { return .connection(fd, peer: peer) }
            switch errno {
            case EAGAIN:
                isReady = false
                return .none
            case EINTR, ECONNABORTED, EPROTO, ENETDOWN, ENOPROTOOPT, EHOSTDOWN, ENONET, EHOSTUNREACH, ENETUNREACH:
                continue  // The peer gave up before we came (accept(2), "Error handling").
            default:
                return .exhausted(SystemError(call: "accept4"))
            }
        }
        return .closed
    }

    /// Waits until `accept` may find a connection, the listener is closed, or `wakeWaiter` is called.
    public func waitForConnection() async {
        loop.preconditionInLoop()
        if isReady || token == nil { return }
        precondition(waiter == nil, "one task accepts at a time")
        await withUnsafeContinuation { waiter = $0 }
    }

    /// Makes a pending `waitForConnection` return, so that its caller can see what else has changed.
    public func wakeWaiter() {
        loop.preconditionInLoop()
        wake()
    }

    /// Has the kernel ignore who wants to connect from now on, while those who have begun to can still be accepted.
    /// Who is ignored tries again after a second, and meets what is there by then. Closing at once would instead
    /// reset connections that clients take for established already. Where the kernel cannot do it, nothing changes.
    public func ignoreNewcomers() {
        loop.preconditionInLoop()
        guard token != nil else { return }
        _ = clinux_drop_new_connections(descriptor)
    }

    /// Stops listening; connections that the kernel has queued are refused.
    public func close() {
        guard let token else { return }
        loop.deregister(token)
        self.token = nil
        Glibc.close(descriptor)
        wake()
    }

    /// Called by the loop.
    public func descriptorIsReady(_ readiness: Readiness) {
        isReady = true
        wake()
    }

    private func wake() {
        let waiting = waiter
        waiter = nil
        waiting?.resume()
    }
}
