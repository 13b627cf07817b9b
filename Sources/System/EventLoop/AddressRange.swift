/// A range of IP addresses in CIDR form (RFC 4632, RFC 4291 §2.3): `10.0.0.0/8`, `2001:db8::/32`, or one address.
public struct AddressRange: Sendable, Hashable, CustomStringConvertible {
    /// As it was written.
    public let description: String
    private let octets: [UInt8]
    private let bits: Int

    /// Nil for anything else; bits behind the prefix do not count.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let address = SocketAddress(host: String(parts[0]), port: 0) else {
            return nil
        }
        octets = address.octets
        let most = octets.count * 8
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let bits = Int(parts[1]), bits <= most
            else { return nil }
            self.bits = bits
        } else {
            bits = most
        }
        description = text
    }

    /// Whether the address is one of them. An IPv4-mapped IPv6 address is the IPv4 address.
    public func contains(_ address: SocketAddress) -> Bool {
        let other = address.octets
        guard other.count == octets.count else { return false }
        let whole = bits / 8
        guard other.prefix(whole).elementsEqual(octets.prefix(whole)) else { return false }
        let rest = bits % 8
        return rest == 0 || (other[whole] ^ octets[whole]) >> UInt8(8 - rest) == 0
    }
}
