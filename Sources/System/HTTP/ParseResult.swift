/// What a look at the received bytes gave.
public enum ParseResult: Sendable {
    /// All is well so far; call again with the same bytes and more.
    case needsMore
    /// A whole head; `consumed` bytes of the buffer belong to it, the body or the next request follows.
    case complete(RequestHead, consumed: Int)
    /// The connection cannot be used any more: answer with the error's status and close.
    case failure(RequestError)
}
