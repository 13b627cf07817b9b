import Domain

/// A server's name or address and its TCP port, as in `broker-1:9092` or `[::1]:9092`.
struct HostPort: Sendable, Hashable, CustomStringConvertible {
    let host: String
    let port: Int

    init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// Nil for anything but a host, a colon and a port from 1 to 65535; an IPv6 address stands in brackets.
    init?(_ text: some StringProtocol) {
        guard let colon = text.lastIndex(of: ":") else { return nil }
        let digits = text[text.index(after: colon)...]
        guard let port = WholeNumber.parse(digits), (1...65_535).contains(port) else { return nil }
        let host = text[..<colon]
        if host.first == "[", host.last == "]" {
            let address = String(host.dropFirst().dropLast())
            guard HostName.isIPv6(address) else { return nil }
            self.init(host: address, port: port)
        } else {
            guard HostName.isNameOrIPv4(host) else { return nil }
            self.init(host: String(host), port: port)
        }
    }

    var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}
