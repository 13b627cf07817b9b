/// The name of a response field: a token (RFC 9110 §5.1), checked once, so that a name can never end a line.
public struct FieldName: Sendable, ExpressibleByStringLiteral {
    /// The name as it will be sent.
    public let text: String

    /// The name, a colon and a blank: what a line begins with.
    let beginning: [UInt8]

    /// Whether the encoder alone writes this field, because the message's framing or the clock decides its value.
    let belongsToEncoder: Bool

    /// A name that is known only at run time; `nil` when it is not a token.
    public init?(_ text: String) {
        guard FieldName.isToken(text) else { return nil }
        self.init(token: text)
    }

    /// A name in the source code; one that is not a token is a programmer's error.
    public init(stringLiteral text: String) {
        precondition(FieldName.isToken(text), "not a field name: \(text)")
        self.init(token: text)
    }

    private init(token: String) {
        text = token
        beginning = token.utf8 + [.colon, .space]
        let bytes = token.utf8.span
        let all = 0..<bytes.count
        belongsToEncoder =
            switch bytes.count {
            case 4: bytes.holds(lowercase: "date", at: all)
            case 10: bytes.holds(lowercase: "connection", at: all) || bytes.holds(lowercase: "keep-alive", at: all)
            case 14: bytes.holds(lowercase: "content-length", at: all)
            case 17: bytes.holds(lowercase: "transfer-encoding", at: all)
            default: false
            }
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
}

/// Names that nearly every server writes, checked once.
extension FieldName {
    /// RFC 9111 §5.2.
    public static let cacheControl: FieldName = "Cache-Control"
    /// RFC 9110 §8.4.
    public static let contentEncoding: FieldName = "Content-Encoding"
    /// RFC 9110 §8.3.
    public static let contentType: FieldName = "Content-Type"
    /// RFC 9110 §8.8.3.
    public static let entityTag: FieldName = "ETag"
    /// RFC 9110 §10.2.2.
    public static let location: FieldName = "Location"
    /// RFC 9110 §10.2.3.
    public static let retryAfter: FieldName = "Retry-After"
    /// RFC 9110 §12.5.5.
    public static let vary: FieldName = "Vary"
}
