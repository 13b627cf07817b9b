/// A rule that a request broke. The connection is of no use afterwards: the next request cannot be found reliably.
public struct RequestError: Error, Hashable, Sendable {
    /// A stable name for logs, metrics and tests: `space-before-colon`.
    public let rule: String
    /// What to answer with before closing.
    public let status: Status
    /// Where the rule stands: `RFC 9112 §5.1`.
    public let section: String
    /// One sentence for a person.
    public let reason: String

    init(_ rule: String, _ status: Status, _ section: String, _ reason: String) {
        self.rule = rule
        self.status = status
        self.section = section
        self.reason = reason
    }

    /// Every rule there is.
    public static let all = lineRules + requestLineRules + fieldRules + framingRules + chunkRules
}

extension RequestError: CustomStringConvertible {
    /// Rule, reason and section in one line.
    public var description: String { "\(rule): \(reason) (\(section))" }
}

/// Bytes that may stand in no line, and what cannot begin a request.
extension RequestError {
    static let bareLF = RequestError(
        "bare-lf", .badRequest, "RFC 9112 §2.2", "A line ends with LF alone.")
    static let bareCR = RequestError(
        "bare-cr", .badRequest, "RFC 9112 §2.2", "A CR is not followed by LF.")
    static let nulByte = RequestError(
        "nul-byte", .badRequest, "RFC 9110 §5.5", "The head holds a NUL byte.")
    static let controlCharacter = RequestError(
        "control-character", .badRequest, "RFC 9110 §5.5", "The head holds a control character.")
    static let tooManyEmptyLines = RequestError(
        "too-many-empty-lines", .badRequest, "RFC 9112 §2.2", "Too many empty lines precede the request line.")
    static let tlsHandshake = RequestError(
        "tls-handshake", .badRequest, "RFC 8446 §5.1", "This port speaks plain HTTP, and a TLS handshake came.")

    static let lineRules = [bareLF, bareCR, nulByte, controlCharacter, tooManyEmptyLines, tlsHandshake]

    /// The rule that a byte outside of text breaks.
    static func refusal(ofControl byte: UInt8) -> RequestError {
        switch byte {
        case .lineFeed: .bareLF
        case .carriageReturn: .bareCR
        case .nul: .nulByte
        default: .controlCharacter
        }
    }
}
