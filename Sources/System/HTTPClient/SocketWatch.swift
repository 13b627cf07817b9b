import CLibcurl
import EventLoop

/// One socket of libcurl's on the loop.
final class SocketWatch: ReadinessHandler {
    private let socket: curl_socket_t
    private weak var owner: CurlMulti?
    private var token: EventToken?

    init(_ socket: curl_socket_t, owner: CurlMulti) {
        self.socket = socket
        self.owner = owner
    }

    func begin(_ interest: Readiness, on loop: EventLoop) throws(SystemError) {
        if let token {
            do throws(SystemError) {
                return try loop.modify(token, to: interest)
            } catch {
                // libcurl has closed the socket unannounced and got the same number again: it is a new one.
                end(on: loop)
            }
        }
        token = try loop.register(socket, for: interest, handler: self)
    }

    func end(on loop: EventLoop) {
        if let token { loop.deregister(token) }
        token = nil
    }

    func descriptorIsReady(_ readiness: Readiness) {
        var events: Int32 = 0
        if readiness.canRead { events |= CURL_CSELECT_IN }
        if readiness.canWrite { events |= CURL_CSELECT_OUT }
        owner?.work(on: socket, events)
    }
}
