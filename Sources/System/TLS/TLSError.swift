import CLibssl

/// Why TLS could not be set up. Texts are OpenSSL's; they name files and alerts, never what is in a key.
public enum TLSError: Error, Equatable, Sendable, CustomStringConvertible {
    /// A file cannot be used: missing, not PEM, or key and certificate do not belong together.
    case file(String, reason: String)
    /// OpenSSL lacks memory or does not know a version.
    case unavailable(reason: String)
    /// The handshake has failed: a certificate was missing or refused, or the peer speaks no TLS.
    case handshake(reason: String)
    /// The peer went away, or took longer than it may, before the handshake was over.
    case disconnected

    /// What is wrong, in one line.
    public var description: String {
        switch self {
        case .file(let path, let reason): "\(path): \(reason)"
        case .unavailable(let reason): "TLS is not available: \(reason)"
        case .handshake(let reason): "the TLS handshake has failed: \(reason)"
        case .disconnected: "the peer went away before the TLS handshake was over"
        }
    }

    /// What OpenSSL said last on this thread; its list is empty afterwards.
    static func takeReason() -> String {
        defer { ERR_clear_error() }
        let code = ERR_peek_last_error()
        guard code != 0 else { return "no reason is given" }
        var text = [CChar](repeating: 0, count: 256)
        ERR_error_string_n(code, &text, text.count)
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
