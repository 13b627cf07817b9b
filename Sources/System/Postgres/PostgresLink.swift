import CLibpq
import EventLoop

/// Owns one `PGconn` and its socket's registration: the steps of connecting, reading and flushing, none of
/// which blocks. What is sent and what the answers mean is `PostgresConnection`'s business.
final class PostgresLink: ReadinessHandler {
    private let loop: EventLoop
    private var handle: OpaquePointer?
    private var token: EventToken?
    private var descriptor: Int32 = -1
    private var isConnected = false
    /// Called whenever the socket is ready.
    var onReady: () -> Void = {}

    init(on loop: EventLoop) {
        self.loop = loop
    }

    enum Progress {
        case waiting
        case connected
        case failed(String)
    }

    /// Starts connecting (PQconnectStartParams); go on with `advance` each time the socket is ready.
    func start(_ configuration: PostgresConfiguration, resolvedAddress: String?) -> Progress {
        let parameters = configuration.parameters(resolvedAddress: resolvedAddress)
        handle = withCStrings(parameters.map(\.0)) { keywords in
            withCStrings(parameters.map(\.1)) { values in
                PQconnectStartParams(keywords, values, 0)
            }
        }
        guard let handle else { return .failed("out of memory") }
        if PQstatus(handle) == CONNECTION_BAD { return .failed(errorMessage) }
        // `PQsetnonblocking` waits for the end of the connecting, which never blocks anyway: it would wipe out the
        // address that libpq has put down for its error message.
        return watch([.writable]) ?? .waiting
    }

    /// One step of the connection's state machine (PostgreSQL manual, 34.2).
    func advance() -> Progress {
        guard let handle else { return .failed("closed") }
        let status = PQconnectPoll(handle)
        switch status {
        case PGRES_POLLING_READING: return watch([.readable]) ?? .waiting
        case PGRES_POLLING_WRITING: return watch([.writable]) ?? .waiting
        case PGRES_POLLING_OK:
            _ = PQsetnonblocking(handle, 1)
            isConnected = true
            return watch([.readable]) ?? .connected
        default: return .failed(errorMessage)
        }
    }

    /// Lends the connection to libpq calls.
    func withHandle<Result>(_ body: (OpaquePointer) -> Result) -> Result? {
        handle.map(body)
    }

    /// Sends what libpq has gathered; watches for room when the socket is full. Returns false when it is broken.
    func flush() -> Bool {
        guard let handle else { return false }
        switch PQflush(handle) {
        case 0: return watch([.readable]) == nil
        case 1: return watch([.readable, .writable]) == nil
        default: return false
        }
    }

    /// The last failure in libpq's words, without its line breaks.
    var errorMessage: String {
        guard let handle, let text = PQerrorMessage(handle) else { return "unknown failure" }
        let words = String(cString: text).split(whereSeparator: \.isWhitespace)
        return words.joined(separator: " ")
    }

    func close() {
        if let token { loop.deregister(token) }
        token = nil
        descriptor = -1
        if let handle { PQfinish(handle) }
        handle = nil
    }

    func descriptorIsReady(_ readiness: Readiness) {
        onReady()
    }

    /// Returns a failure, or nil. While connecting, libpq may start again on a new socket (another address, or
    /// without TLS after `prefer` failed). That mostly gets the old one's number, and only the kernel knows that
    /// nobody watches it, so each step of the connecting watches anew.
    private func watch(_ interest: Readiness) -> Progress? {
        guard let handle else { return .failed("closed") }
        do throws(SystemError) {
            let current = PQsocket(handle)
            guard current >= 0 else { return .failed(errorMessage) }
            if isConnected, let token, current == descriptor {
                if interest != lastInterest { try loop.modify(token, to: interest) }
            } else {
                if let token { loop.deregister(token) }
                token = nil
                token = try loop.register(current, for: interest, handler: self)
                descriptor = current
            }
            lastInterest = interest
            return nil
        } catch {
            return .failed("\(error)")
        }
    }

    private var lastInterest: Readiness = []
}

/// Lends a NULL-terminated array of C strings.
private func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>) -> Result
) -> Result {
    var bytes: [CChar] = []
    let offsets = strings.map { string in
        let start = bytes.count
        bytes.append(contentsOf: string.utf8CString)
        return start
    }
    return bytes.withUnsafeBufferPointer { buffer in
        var pointers: [UnsafePointer<CChar>?] = offsets.map { offset in buffer.baseAddress.map { $0 + offset } }
        pointers.append(nil)
        return pointers.withUnsafeBufferPointer { list in
            guard let base = list.baseAddress else { preconditionFailure("the list ends with nil") }
            return body(base)
        }
    }
}
