/// Which of the fake's two listeners a request came to. As with GigaChat, tokens are given out on another one than
/// answers are.
public enum FakeListenerKind: String, Sendable {
    /// Gives out tokens.
    case oauth
    /// Answers with models.
    case api
}
