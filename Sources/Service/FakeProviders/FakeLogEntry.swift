public import Telemetry

/// One request as the fake saw it.
public struct FakeLogEntry: Sendable {
    /// When its last byte had come.
    public let time: WallTime
    /// The listener it came to.
    public let listener: FakeListenerKind
    /// The method, as it was sent.
    public let method: String
    /// The path without the query.
    public let path: String
    /// The fields: names in lower case; values of a repeated one joined by ", ".
    public let headers: [String: String]
    /// The first 16 KiB of the body.
    public let body: [UInt8]
    /// The subject of the client's certificate, as RFC 2253 writes it; nil when none was shown.
    public let clientSubject: String?
    /// The status of the answer; nil when not even its head was sent.
    public internal(set) var status: Int?
    /// Whether the client went away before the end of the answer.
    public internal(set) var wasAborted = false
    /// What the fake noticed and let pass, such as fields that GigaChat ignores.
    public internal(set) var notes: [String] = []

    /// The note of a request with a token where certificates are asked for.
    public static let authorizationNote = "Authorization in the mtls mode"
    /// The note of a request for a token where certificates are asked for.
    public static let tokenRequestNote = "token request in the mtls mode"

    /// The body as text.
    public var bodyText: String { String(decoding: body, as: UTF8.self) }
}
