import Domain
import EventLoop

/// One request on its way to a provider, before it has a token.
struct WireCall {
    /// `GET` or `POST`.
    var method: String
    /// Below the base address.
    var path: String
    /// The content; empty for none.
    var body: [UInt8] = []
    /// Whether the answer is to come in pieces.
    var streams = false
    /// On whose behalf.
    var context: CallContext?
    /// When everything must be over.
    var deadline: MonotonicTime
}
