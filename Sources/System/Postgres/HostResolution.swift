import EventLoop
import Glibc

/// Finds numeric addresses with getaddrinfo(3), on the blocking thread: libpq's own look-up would block the loop.
enum HostResolution {
    /// The numeric address of `host`; nil for Unix socket folders and numeric hosts, which need no look-up.
    static func address(of host: String, on thread: BlockingThread) async throws(PostgresError) -> String? {
        if host.isEmpty || host.hasPrefix("/") || SocketAddress(host: host, port: 0) != nil { return nil }
        do {
            return try await thread.run { try lookUp(host) }
        } catch let error as PostgresError {
            throw error
        } catch {
            throw .unavailable("\(host): \(error)")
        }
    }

    private static func lookUp(_ host: String) throws(PostgresError) -> String {
        var hints = addrinfo()
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        var list: UnsafeMutablePointer<addrinfo>?
        let status = getaddrinfo(host, nil, &hints, &list)
        defer { if let list { freeaddrinfo(list) } }
        guard status == 0, let first = list?.pointee else {
            throw .unavailable("\(host): \(String(cString: gai_strerror(status)))")
        }
        var text = [CChar](repeating: 0, count: Int(NI_MAXHOST))
        let named = getnameinfo(
            first.ai_addr, first.ai_addrlen, &text, socklen_t(text.count), nil, 0, NI_NUMERICHOST)
        guard named == 0 else { throw .unavailable("\(host): \(String(cString: gai_strerror(named)))") }
        return String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
}
