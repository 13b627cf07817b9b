/// The name of a response field: a token (RFC 9110 §5.1), checked once, so that a name can never end a line.
public struct FieldName: Sendable, ExpressibleByStringLiteral {
    /// The name as it will be sent.
    public let text: String

    /// A name that is known only at run time; `nil` when it is not a token.
    public init?(_ text: String) {
        guard FieldName.isToken(text) else { return nil }
        self.text = text
    }

    /// A name in the source code; one that is not a token is a programmer's error.
    public init(stringLiteral text: String) {
        precondition(FieldName.isToken(text), "not a field name: \(text)")
        self.text = text
    }

    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty && text.utf8.allSatisfy { ByteSet.token.contains($0) }
    }
}

extension FieldName: Hashable {
    /// Names are equal in any case.
    public static func == (left: FieldName, right: FieldName) -> Bool {
        let text = left.text.utf8.span
        return text.equals(right.text.utf8.span, at: 0..<text.count, ignoringCase: true)
    }

    /// Equal names hash equally.
    public func hash(into hasher: inout Hasher) {
        for byte in text.utf8 { hasher.combine(byte.lowercased) }
    }

    /// Whether the encoder alone writes this field, because the message's framing or the clock decides its value.
    var belongsToEncoder: Bool {
        switch text.utf8.count {
        case 4: self == "Date"
        case 10: self == "Connection" || self == "Keep-Alive"
        case 14: self == "Content-Length"
        case 17: self == "Transfer-Encoding"
        default: false
        }
    }
}
