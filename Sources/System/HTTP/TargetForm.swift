/// The four ways to write a request target (RFC 9112 §3.2).
public enum TargetForm: Sendable, Equatable {
    /// `/path?query`: what clients send to an origin server.
    case origin
    /// `http://authority/path?query`: what clients send to a proxy; servers accept it too.
    case absolute
    /// `host:port`: CONNECT only.
    case authority
    /// `*`: the server as a whole, OPTIONS only.
    case asterisk
}
