import CLinux

/// An IPv4 or IPv6 address with a port.
public struct SocketAddress: Sendable, CustomStringConvertible {
    private let storage: sockaddr_storage
    private let length: socklen_t

    /// Parses a numeric address: `127.0.0.1`, `::1`. Nil when `host` is not one (names are not looked up).
    public init?(host: String, port: UInt16) {
        var v4 = sockaddr_in()
        if inet_pton(AF_INET, host, &v4.sin_addr) == 1 {
            v4.sin_family = sa_family_t(AF_INET)
            v4.sin_port = port.bigEndian
            self.init(v4)
            return
        }
        var v6 = sockaddr_in6()
        guard inet_pton(AF_INET6, host, &v6.sin6_addr) == 1 else { return nil }
        v6.sin6_family = sa_family_t(AF_INET6)
        v6.sin6_port = port.bigEndian
        self.init(v6)
    }

    private init<Address>(_ address: Address) {
        var storage = sockaddr_storage()
        withUnsafeMutableBytes(of: &storage) { target in
            withUnsafeBytes(of: address) { target.copyMemory(from: $0) }
        }
        self.storage = storage
        length = socklen_t(MemoryLayout<Address>.size)
    }

    /// Reads an address that a system call fills in.
    init(filledBy call: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Void) {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        withUnsafeMutableBytes(of: &storage) { bytes in
            guard let base = bytes.baseAddress else { return }
            call(base.assumingMemoryBound(to: sockaddr.self), &length)
        }
        self.storage = storage
        self.length = length
    }

    /// Lends the address to a system call.
    func withSockaddr<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    var family: Int32 { Int32(storage.ss_family) }

    /// The port, in host byte order; 0 when the family has none.
    public var port: UInt16 {
        switch family {
        case AF_INET: withMember(sockaddr_in.self) { UInt16(bigEndian: $0.sin_port) }
        case AF_INET6: withMember(sockaddr_in6.self) { UInt16(bigEndian: $0.sin6_port) }
        default: 0
        }
    }

    /// The numeric host, without brackets; IPv4-mapped IPv6 is shown as IPv4.
    public var host: String {
        switch family {
        case AF_INET: return withMember(sockaddr_in.self) { Self.dotted(UInt32(bigEndian: $0.sin_addr.s_addr)) }
        case AF_INET6:
            var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
            withMember(sockaddr_in6.self) { address in
                var source = address.sin6_addr
                _ = inet_ntop(AF_INET6, &source, &text, socklen_t(text.count))
            }
            let host = String(decoding: text.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            return host.hasPrefix("::ffff:") && host.contains(".") ? String(host.dropFirst(7)) : host
        default: return "unknown"
        }
    }

    /// Four decimal numbers; at most 15 bytes, which take no allocation. Asked for with every job.
    private static func dotted(_ address: UInt32) -> String {
        String(unsafeUninitializedCapacity: 15) { buffer in
            var end = 0
            for shift: UInt32 in [24, 16, 8, 0] {
                let byte = UInt8(truncatingIfNeeded: address >> shift)
                for unit: UInt8 in [100, 10, 1] where byte >= unit || unit == 1 {
                    buffer[end] = UInt8(ascii: "0") + byte / unit % 10
                    end += 1
                }
                if shift > 0 {
                    buffer[end] = UInt8(ascii: ".")
                    end += 1
                }
            }
            return end
        }
    }

    /// `host:port`, IPv6 in brackets.
    public var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// Whether only this machine can reach the address.
    public var isLoopback: Bool {
        host.hasPrefix("127.") || host == "::1"
    }

    /// What one client is taken for: an IPv4 address, or the /64 network of an IPv6 address, of which a single client
    /// has all addresses (RFC 6177 §2).
    public struct Network: Hashable, Sendable {
        private let prefix: UInt64
        private let isIPv4: Bool

        fileprivate init(prefix: UInt64, isIPv4: Bool) {
            self.prefix = prefix
            self.isIPv4 = isIPv4
        }
    }

    /// The client's network; IPv4-mapped IPv6 is the IPv4 address.
    public var network: Network {
        switch family {
        case AF_INET: return Network(prefix: UInt64(withMember(sockaddr_in.self) { $0.sin_addr.s_addr }), isIPv4: true)
        case AF_INET6:
            let (high, low) = withMember(sockaddr_in6.self) { address in
                withUnsafeBytes(of: address.sin6_addr) {
                    ($0.loadUnaligned(as: UInt64.self), $0.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
                }
            }
            let isMapped = high == 0 && UInt64(bigEndian: low) >> 32 == 0xFFFF
            return isMapped ? Network(prefix: low >> 32, isIPv4: true) : Network(prefix: high, isIPv4: false)
        default: return Network(prefix: 0, isIPv4: false)
        }
    }

    /// The address in network byte order: 4 bytes, or 16; IPv4-mapped IPv6 is IPv4. Empty for other families.
    public var octets: [UInt8] {
        switch family {
        case AF_INET: return withMember(sockaddr_in.self) { withUnsafeBytes(of: $0.sin_addr) { Array($0) } }
        case AF_INET6:
            let all = withMember(sockaddr_in6.self) { withUnsafeBytes(of: $0.sin6_addr) { Array($0) } }
            let isMapped = all.prefix(12).elementsEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF])
            return isMapped ? Array(all.suffix(4)) : all
        default: return []
        }
    }

    private func withMember<Address, Result>(_ type: Address.Type, _ body: (Address) -> Result) -> Result {
        withUnsafeBytes(of: storage) { body($0.loadUnaligned(as: Address.self)) }
    }
}
