/// Percent-encoding (RFC 3986 §2.1).
public enum PercentEncoding {
    /// Decodes one path segment, or any other component in which `+` means itself.
    ///
    /// `nil` when an encoding is broken, or when the result holds NUL or is not UTF-8 (overlong forms included).
    /// Decode segment by segment: an encoded slash is data, not a separator.
    public static func decode(_ component: ArraySlice<UInt8>) -> String? {
        guard !component.contains(.nul) else { return nil }
        guard component.contains(.percent) else { return String(validating: component, as: UTF8.self) }
        var decoded: [UInt8] = []
        decoded.reserveCapacity(component.count)
        let bytes = component.span
        var index = 0
        while index < bytes.count {
            if bytes[index] == .percent {
                guard let octet = octet(at: index, to: bytes.count, in: bytes), octet != .nul else { return nil }
                decoded.append(octet)
                index += 3
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        return String(validating: decoded, as: UTF8.self)
    }

    /// Decodes a name or value of `application/x-www-form-urlencoded`: `+` is a space, a broken encoding stays as it
    /// is and what is not UTF-8 becomes U+FFFD (WHATWG URL §5.1).
    public static func decodeForm(_ component: ArraySlice<UInt8>) -> String {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(component.count)
        let bytes = component.span
        var index = 0
        while index < bytes.count {
            if bytes[index] == .percent, let octet = octet(at: index, to: bytes.count, in: bytes) {
                decoded.append(octet)
                index += 3
            } else {
                decoded.append(bytes[index] == .plus ? .space : bytes[index])
                index += 1
            }
        }
        return String(decoding: decoded, as: UTF8.self)
    }

    /// The octet that `%XX` at `index` stands for; `nil` when it is broken or cut off at `end`.
    static func octet(at index: Int, to end: Int, in bytes: Span<UInt8>) -> UInt8? {
        guard index + 2 < end, let high = bytes[index + 1].hexValue, let low = bytes[index + 2].hexValue else {
            return nil
        }
        return high << 4 | low
    }

    static func check(at index: Int, to end: Int, in bytes: Span<UInt8>) throws(RequestError) {
        guard let octet = octet(at: index, to: end, in: bytes) else { throw .invalidPercentEncoding }
        guard octet != .nul else { throw .encodedNUL }
    }
}
