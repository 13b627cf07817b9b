public import EventLoop
import HTTP
import HTTPServer

/// The proxies whose word on where a request comes from is believed.
public struct TrustedProxies: Sendable {
    private let ranges: [AddressRange]
    /// Hops that are looked at.
    private static let maximumHops = 50

    /// Believes what connects from `ranges`, and nobody when there are none.
    public init(_ ranges: [AddressRange]) {
        self.ranges = ranges
    }

    /// Where the request comes from: the last hop that is none of the proxies, as the proxies have it in
    /// `X-Forwarded-For` or `Forwarded` (RFC 7239). What stands before it anybody could have written. A proxy adds to
    /// one of the two and hands the other on, so where both are there they have to agree; otherwise the proxy itself
    /// is taken for the client.
    func client(of request: Request) -> SocketAddress {
        let peer = request.peer
        guard !ranges.isEmpty, isTrusted(peer) else { return peer }
        let old = request.head.values(of: "x-forwarded-for")
        let new = request.head.values(of: "forwarded")
        let first = last(old.flatMap { $0.split(separator: ",").map { Self.address($0) } }, peer)
        guard !new.isEmpty else { return first }
        let second = last(new.flatMap { $0.split(separator: ",").map { Self.forwardedAddress($0) } }, peer)
        guard !old.isEmpty else { return second }
        return first.host == second.host ? first : peer
    }

    private func isTrusted(_ address: SocketAddress) -> Bool {
        ranges.contains { $0.contains(address) }
    }

    /// From the last hop to the first: the first one that is no proxy, or else the farthest proxy.
    private func last(_ hops: [SocketAddress?], _ peer: SocketAddress) -> SocketAddress {
        var known = peer
        for hop in hops.suffix(Self.maximumHops).reversed() {
            guard let hop else { return known }
            known = hop
            guard isTrusted(hop) else { return hop }
        }
        return known
    }

    /// An address with or without a port, IPv6 with or without brackets; nil for names that hide one.
    private static func address(_ text: some StringProtocol) -> SocketAddress? {
        let text = text.trimmed
        if text.hasPrefix("[") {
            return SocketAddress(host: String(text.dropFirst().prefix { $0 != "]" }), port: 0)
        }
        let isWithPort = text.count { $0 == ":" } == 1
        return SocketAddress(host: isWithPort ? String(text.prefix { $0 != ":" }) : text, port: 0)
    }

    /// The `for` of one hop: `for=192.0.2.60;proto=http`, `For="[2001:db8::17]:4711"`.
    private static func forwardedAddress(_ hop: some StringProtocol) -> SocketAddress? {
        for pair in hop.split(separator: ";") {
            let parts = pair.split(separator: "=", maxSplits: 1)
            guard parts.count == 2, parts[0].trimmed.lowercased() == "for" else { continue }
            return address(String(parts[1].trimmed.filter { $0 != "\"" }))
        }
        return nil
    }
}

extension StringProtocol {
    fileprivate var trimmed: String {
        guard let first = firstIndex(where: { $0 != " " && $0 != "\t" }),
            let last = lastIndex(where: { $0 != " " && $0 != "\t" })
        else { return "" }
        return String(self[first...last])
    }
}
