/// The grammar of `host [":" port]` (RFC 3986 §3.2, RFC 9110 §7.2), as it stands in `Host` and in targets.
enum Authority {
    enum Verdict {
        /// Well-formed; the digits of the port where a colon was given.
        case valid(port: Range<Int>?)
        /// `user@host`: no request may carry it (RFC 9110 §4.2.4).
        case userinfo
        case invalid
    }

    static func check(_ range: Range<Int>, in bytes: Span<UInt8>) -> Verdict {
        guard let hostEnd = endOfHost(range, in: bytes), hostEnd > range.lowerBound else {
            return bytes.firstIndex(of: .at, in: range) == nil ? .invalid : .userinfo
        }
        guard hostEnd < range.upperBound else { return .valid(port: nil) }
        let port = hostEnd + 1..<range.upperBound
        guard bytes[hostEnd] == .colon, isPort(port, in: bytes) else {
            return bytes.firstIndex(of: .at, in: range) == nil ? .invalid : .userinfo
        }
        return .valid(port: port)
    }

    private static func endOfHost(_ range: Range<Int>, in bytes: Span<UInt8>) -> Int? {
        guard !range.isEmpty else { return nil }
        if bytes[range.lowerBound] == UInt8(ascii: "[") { return endOfLiteral(range, in: bytes) }
        var index = range.lowerBound
        while index < range.upperBound {
            if bytes[index] == .percent {
                guard PercentEncoding.octet(at: index, to: range.upperBound, in: bytes) != nil else { return nil }
                index += 3
            } else if ByteSet.registeredName.contains(bytes[index]) {
                index += 1
            } else {
                return index
            }
        }
        return index
    }

    private static func endOfLiteral(_ range: Range<Int>, in bytes: Span<UInt8>) -> Int? {
        var index = range.lowerBound + 1
        var colons = 0
        while index < range.upperBound, ByteSet.ipLiteral.contains(bytes[index]) {
            if bytes[index] == .colon { colons += 1 }
            index += 1
        }
        guard index < range.upperBound, bytes[index] == UInt8(ascii: "]"), colons >= 2 else { return nil }
        return index + 1
    }

    private static func isPort(_ range: Range<Int>, in bytes: Span<UInt8>) -> Bool {
        guard range.count <= 5 else { return false }
        var value = 0
        for index in range {
            guard ByteSet.digit.contains(bytes[index]) else { return false }
            value = value * 10 + Int(bytes[index] - .zero)
        }
        return value <= 65_535
    }
}
