import CLinux
import Glibc

extension ByteStream {
    /// Connects to `address` over TCP. `loop` must be the caller's. Throws what connect(2) reports, such as
    /// `ECONNREFUSED`, and `ETIMEDOUT` when `deadline` passes first.
    public static func connect(
        to address: SocketAddress, on loop: EventLoop, deadline: MonotonicTime? = nil
    ) async throws(SystemError) -> ByteStream {
        let descriptor = try beginConnecting(to: address)
        let stream = try ByteStream(descriptor: descriptor, on: loop, isConnected: false)
        do throws(StreamError) {
            try await stream.waitUntilWritable(deadline: deadline)
        } catch {
            stream.close()
            throw SystemError(call: "connect", code: error == .timedOut ? ETIMEDOUT : ECONNABORTED)
        }
        let code = pendingError(of: descriptor)
        guard code == 0 else {
            stream.close()
            throw SystemError(call: "connect", code: code)
        }
        return stream
    }

    private static func beginConnecting(to address: SocketAddress) throws(SystemError) -> Int32 {
        let descriptor = socket(address.family, CLINUX_SOCK_STREAM | CLINUX_SOCK_FLAGS, 0)
        guard descriptor >= 0 else { throw SystemError(call: "socket") }
        let status = address.withSockaddr { Glibc.connect(descriptor, $0, $1) }
        guard status == 0 || errno == EINPROGRESS else {
            let error = SystemError(call: "connect")
            Glibc.close(descriptor)
            throw error
        }
        return descriptor
    }

    /// How a connection attempt ended (socket(7), `SO_ERROR`).
    private static func pendingError(of descriptor: Int32) -> Int32 {
        var code: Int32 = 0
        var size = socklen_t(MemoryLayout<Int32>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &size) == 0 else { return errno }
        return code
    }
}
