/// How an answer ended and what it cost.
public struct ChatEnd: Sendable, Equatable {
    /// Why the model stopped.
    public enum Reason: Sendable, Equatable {
        /// It was through.
        case stop
        /// The limit of tokens was reached.
        case length
        /// It wants tools called.
        case toolCalls
        /// Its moderation kept the answer back, or what is there of it.
        case blocked
        /// A word that we do not know, as the provider wrote it.
        case other(String)
    }

    /// Why the model stopped.
    public var reason: Reason
    /// What it cost.
    public var tokens: TokenUsage
    /// The model that answered, as the provider names it.
    public var model: String
    /// The provider's name.
    public var provider: String
    /// The provider's own name for the call, to ask it about.
    public var upstreamRequestID: String?
    /// Tries it took, over all providers; from 1.
    public var attempts = 1

    /// An end.
    public init(
        reason: Reason, tokens: TokenUsage, model: String, provider: String, upstreamRequestID: String? = nil
    ) {
        self.reason = reason
        self.tokens = tokens
        self.model = model
        self.provider = provider
        self.upstreamRequestID = upstreamRequestID
    }
}
