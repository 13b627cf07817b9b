/// Why a call of a model brought no answer.
public struct ModelFailure: Error, Sendable, Equatable {
    /// The kind of reason.
    public var failureClass: FailureClass
    /// What happened, for logs and operators: the provider's words, at most 500 characters, no secrets.
    public var detail: String
    /// Whose failure it is; nil when nobody was asked.
    public var provider: String?
    /// The HTTP status that came, if one did.
    public var status: Int?
    /// How long the provider asked to be left alone.
    public var retryAfter: Duration?
    /// Whether a piece of the answer had been handed on already, so that nobody may begin it anew.
    public var isInterrupted = false
    /// The provider's own name for the call.
    public var upstreamRequestID: String?
    /// How long a limit of our own was waited for in vain; nil when it was none of ours. Nobody was asked then.
    public var localWait: Duration?
    /// What was paid for all the same.
    public var tokens = TokenUsage()

    /// The most characters of `detail`.
    public static let maximumDetailLength = 500

    /// A failure.
    public init(
        _ failureClass: FailureClass, _ detail: String, provider: String? = nil, status: Int? = nil,
        retryAfter: Duration? = nil, upstreamRequestID: String? = nil, localWait: Duration? = nil
    ) {
        self.failureClass = failureClass
        self.detail = String(detail.prefix(Self.maximumDetailLength))
        self.provider = provider
        self.status = status
        self.retryAfter = retryAfter
        self.upstreamRequestID = upstreamRequestID
        self.localWait = localWait
    }
}
