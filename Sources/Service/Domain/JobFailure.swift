/// Why a job ended without an answer.
public struct JobFailure: Error, Sendable, Equatable {
    /// The kind of reason.
    public typealias Class = FailureClass

    /// The kind of reason.
    public let failureClass: Class
    /// What went wrong, for a person; no secrets, no internals.
    public let message: String
    /// Whether submitting the same job again may help.
    public let isRetryable: Bool

    /// How long the model's service asked to be left alone.
    public let retryAfter: Duration?
    /// Whether nobody was asked, since a limit of our own was reached: not an attempt, and tried again later.
    public let isLocalLimit: Bool
    /// How long that limit was waited for in this try.
    public let localWait: Duration
    /// What its calls of models cost all the same.
    public var tokens: TokenUsage

    /// Names a reason. What PostgreSQL could not store in the message is replaced.
    public init(
        _ failureClass: Class, _ message: String, isRetryable: Bool = false, retryAfter: Duration? = nil,
        isLocalLimit: Bool = false, localWait: Duration = .zero, tokens: TokenUsage = TokenUsage()
    ) {
        self.failureClass = failureClass
        self.message = message.storable
        self.isRetryable = isRetryable
        self.retryAfter = retryAfter
        self.isLocalLimit = isLocalLimit
        self.localWait = localWait
        self.tokens = tokens
    }
}

extension JobFailure {
    /// A job whose worker was lost this often is not tried again.
    public static let lossesUntilFailure = 5

    /// How such a job ends.
    public static let lostTooOften = JobFailure(
        .internal, "Обработка запроса несколько раз прервалась из-за сбоя сервиса и больше не повторяется")
}
