import EventLoop
import Glibc

/// A client's TCP connection, still being made when it is returned: what is sent before waits for `writable`.
/// Confined to its loop.
final class ClientSocket {
    /// How much the system may take in advance of the program.
    enum Appetite {
        case usual
        /// Small segments and a small receive window, as over a bad line: the server has to hold the answer.
        case small
    }

    enum Received {
        case bytes
        case nothing
        /// The end of the stream, or a broken connection.
        case ended
    }

    private let loop: EventLoop
    private let descriptor: Int32
    private var token: EventToken?
    /// Clients that share a source address; the system has some 28 000 ports for one.
    private static let clientsPerAddress = 4_096

    /// Begins to connect. `number` chooses the source address on the loopback net. Throws when the system has no
    /// descriptor or port left.
    init(
        to target: Target, number: Int, appetite: Appetite, on loop: EventLoop, handler: any ReadinessHandler
    ) throws(SystemError) {
        let type = Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        descriptor = try Self.checked("socket", socket(AF_INET, type, 0))
        self.loop = loop
        do throws(SystemError) {
            try configure(appetite)
            try bindSource(number, for: target)
            let status = Self.withAddress(target.host, target.port) { connect(descriptor, $0, $1) }
            if status != 0, errno != EINPROGRESS { throw SystemError(call: "connect") }
            token = try loop.register(descriptor, for: [.readable, .writable, .edgeTriggered], handler: handler)
        } catch {
            Glibc.close(descriptor)
            throw error
        }
    }

    private func configure(_ appetite: Appetite) throws(SystemError) {
        try set(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        guard appetite == .small else { return }
        try set(SOL_SOCKET, SO_RCVBUF, 4_096)
        try set(Int32(IPPROTO_TCP), TCP_MAXSEG, 1_400)
    }

    private func bindSource(_ number: Int, for target: Target) throws(SystemError) {
        let group = number / Self.clientsPerAddress
        guard group > 0, target.host.hasPrefix("127.") else { return }
        // Without it the port would be taken for all targets before the target is known.
        try set(Int32(IPPROTO_IP), IP_BIND_ADDRESS_NO_PORT, 1)
        let status = Self.withAddress("127.0.0.\(1 + group % 250)", 0) { bind(descriptor, $0, $1) }
        _ = try Self.checked("bind", status)
    }

    private func set(_ level: Int32, _ option: Int32, _ value: Int32) throws(SystemError) {
        var value = value
        let status = setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
        _ = try Self.checked("setsockopt", status)
    }

    private static func checked(_ call: String, _ result: Int32) throws(SystemError) -> Int32 {
        guard result >= 0 else { throw SystemError(call: call) }
        return result
    }

    private static func withAddress(
        _ host: String, _ port: UInt16, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) -> Int32 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        let isNumeric = inet_pton(AF_INET, host, &address.sin_addr) == 1
        precondition(isNumeric, "Target lets only numeric addresses in")
        return withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }

    /// Sends what the system takes of `bytes` from `start` on and returns the count; nil when the connection is
    /// broken.
    func send(_ bytes: [UInt8], from start: Int = 0, atMost limit: Int = .max) -> Int? {
        let count = bytes.withUnsafeBytes { raw in
            let rest = UnsafeRawBufferPointer(rebasing: raw[start...].prefix(limit))
            return Glibc.send(descriptor, rest.baseAddress, rest.count, Int32(MSG_NOSIGNAL))
        }
        if count >= 0 { return count }
        return errno == EAGAIN || errno == EINTR ? 0 : nil
    }

    /// Hands what has come to `body`, `limit` bytes at a time and at most `pieces` times.
    func receive(_ limit: Int, pieces: Int = .max, _ body: (UnsafeRawBufferPointer) -> Void) -> Received {
        withUnsafeTemporaryAllocation(byteCount: limit, alignment: 16) { buffer in
            var pieces = pieces
            while pieces > 0 {
                let count = recv(descriptor, buffer.baseAddress, limit, 0)
                if count == 0 { return .ended }
                guard count > 0 else { return errno == EAGAIN || errno == EINTR ? .nothing : .ended }
                body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                // A short read has emptied the socket; whatever comes later makes an event of its own.
                if count < limit { return .bytes }
                pieces -= 1
            }
            return .bytes
        }
    }

    func close() {
        guard let token else { return }
        loop.deregister(token)
        self.token = nil
        Glibc.close(descriptor)
    }
}
