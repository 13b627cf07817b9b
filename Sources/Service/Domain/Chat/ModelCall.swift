public import Telemetry

/// What is kept of one call of a model, all its tries together.
public struct ModelCall: Sendable, Equatable {
    /// Names it.
    public var id: CallID
    /// The job that it was made for; nil for what clients ask themselves.
    public var job: JobID?
    /// How the log names it: the job's id, or the HTTP request's.
    public var callerID: String
    /// On whose behalf.
    public var client: String
    /// What the model was wanted for.
    public var stage: ModelTarget.Stage
    /// Whom the last try asked; nil when nobody was.
    public var provider: String?
    /// The model that it asked.
    public var model: String?
    /// What the provider calls the model that answered.
    public var answeredModel: String?
    /// Why there is no answer; nil when there is one.
    public var failureClass: FailureClass?
    /// Tries over all providers.
    public var attempts: Int
    /// Waiting for slots, all tries together.
    public var gateWait: Duration
    /// Everything, from the question to the last piece.
    public var duration: Duration
    /// What all tries cost.
    public var tokens: TokenUsage
    /// What they cost in money; nil without a price.
    public var cost: CallCost?
    /// What the cost is counted in.
    public var currency: String?
    /// The provider's own name for the last try.
    public var upstreamID: String?
    /// Bytes of what was said to the model.
    public var questionBytes: Int
    /// Bytes of what it said.
    public var answerBytes: Int
    /// What was said to the model, where texts are kept.
    public var question: String?
    /// What it said, where texts are kept.
    public var answer: String?
    /// When the call began.
    public var startedAt: WallTime

    /// A call that has just begun.
    public init(
        id: CallID, job: JobID? = nil, callerID: String, client: String = "", stage: ModelTarget.Stage,
        startedAt: WallTime
    ) {
        self.id = id
        self.job = job
        self.callerID = callerID
        self.client = client
        self.stage = stage
        self.startedAt = startedAt
        attempts = 0
        gateWait = .zero
        duration = .zero
        tokens = TokenUsage()
        questionBytes = 0
        answerBytes = 0
    }
}
