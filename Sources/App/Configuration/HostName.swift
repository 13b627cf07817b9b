import Glibc

/// What may stand where a host is asked for. Only the form is checked; nothing is resolved.
enum HostName {
    /// RFC 1123 §2.1: labels of letters, digits and hyphens, 253 characters in all. The underscore is let through,
    /// since container networks use it. A dotted IPv4 address has this form too.
    static func isNameOrIPv4(_ text: some StringProtocol) -> Bool {
        guard (1...253).contains(text.utf8.count) else { return false }
        return text.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            (1...63).contains(label.utf8.count)
                && label.utf8.allSatisfy { isLetterOrDigit($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "_") }
                && label.first != "-" && label.last != "-"
        }
    }

    /// An address as inet_pton(3) reads it, without brackets and zone.
    static func isIPv6(_ text: String) -> Bool {
        var address = in6_addr()
        return inet_pton(AF_INET6, text, &address) == 1
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: false
        }
    }
}
