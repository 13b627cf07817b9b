public import Domain
import EventLoop
public import Telemetry

/// What there is to know about one call after it has ended.
public struct CallRecord: Sendable, Equatable {
    /// Names it in the journal.
    public let id: CallID
    /// When it began.
    public let startedAt: WallTime
    /// The job or HTTP request that it was made for.
    public var requestID: String
    /// The job, where it was made for one.
    public var job: JobID?
    /// On whose behalf.
    public var client: String
    /// The trace that it was part of, with the call's own span: what the providers are told.
    public let trace: TraceContext?
    /// The span that the call was made for; nil without a trace.
    let parentSpanID: String?
    /// What the model was wanted for.
    public var stage: ModelTarget.Stage
    /// Who was asked last; nil when nobody was.
    public var choice: ModelChoice?
    /// What the provider calls the model that answered.
    public var answeredModel: String?
    /// Why there is no answer; nil when there is one.
    public var failureClass: FailureClass?
    /// What stood between us and the provider, for the log; nil for other failures. The words are ours and libcurl's: a
    /// provider's own might repeat what it was asked.
    public var failureDetail: String?
    /// Tries over all providers.
    public var attempts = 0
    /// Waiting for slots, all tries together.
    public var gateWait = Duration.zero
    /// Everything, from the question to the last piece.
    public var duration = Duration.zero
    /// What all tries cost.
    public var tokens = TokenUsage()
    /// What they cost in money; nil without a price.
    public var cost: CallCost?
    /// The provider's own name for the last try.
    public var upstreamRequestID: String?
    /// Bytes of what was said to the model.
    public var questionBytes = 0
    /// Bytes of what it said.
    public var answerBytes = 0
    /// What was said to the model, where texts are kept.
    public var question: String?
    /// What it said, where texts are kept.
    public var answer: String?

    /// A call that has just begun.
    init(_ context: CallContext, stage: ModelTarget.Stage) {
        startedAt = .now
        id = CallID(at: startedAt)
        requestID = context.requestID
        job = context.job
        client = context.user.map { "\(context.client)/\($0)" } ?? context.client
        trace = context.trace?.child()
        parentSpanID = context.trace?.spanID
        self.stage = stage
    }

    /// What the journal keeps; `currency` is what prices are given in.
    public func call(pricedIn currency: String) -> ModelCall {
        var call = ModelCall(
            id: id, job: job, callerID: requestID, client: client, stage: stage, startedAt: startedAt)
        (call.provider, call.model, call.answeredModel) = (choice?.provider, choice?.model, answeredModel)
        (call.failureClass, call.attempts) = (failureClass, attempts)
        (call.gateWait, call.duration) = (gateWait, duration)
        (call.tokens, call.cost, call.currency) = (tokens, cost, cost.map { _ in currency })
        call.upstreamID = upstreamRequestID
        (call.questionBytes, call.answerBytes) = (questionBytes, answerBytes)
        (call.question, call.answer) = (question, answer)
        return call
    }

    /// Notes why there is no answer.
    mutating func failed(_ failure: ModelFailure) {
        failureClass = failure.failureClass
        failureDetail = failure.failureClass == .transport && failure.status == nil ? failure.detail : nil
    }

    /// Counts what a try cost.
    mutating func add(_ tokens: TokenUsage, of choice: ModelChoice, _ prices: ModelPrices) {
        self.tokens = self.tokens + tokens
        guard let more = prices.cost(of: tokens, choice) else { return }
        cost = (cost ?? CallCost()) + more
    }

    /// The call as a span of its trace, named after OpenTelemetry's conventions; nil without a trace.
    public var span: Span? {
        trace.map { trace in
            let operation = stage == .embedding ? "embeddings" : "chat"
            return Span(
                "\(operation) \(choice?.model ?? "none")", .client, trace, parentSpanID: parentSpanID,
                duration: duration,
                attributes: [
                    ("gen_ai.operation.name", .text(operation)),
                    ("gen_ai.provider.name", .text(choice?.provider ?? "none")),
                    ("gen_ai.request.model", .text(choice?.model ?? "none")),
                    ("gen_ai.usage.input_tokens", .integer(tokens.prompt)),
                    ("gen_ai.usage.output_tokens", .integer(tokens.completion)),
                    ("gigaoffice.attempts", .integer(attempts)), ("gigaoffice.gate_wait", .number(gateWait.inSeconds)),
                ], failure: failureClass?.rawValue)
        }
    }

    /// One line. No prompt and no answer is in it.
    public func log(to logger: Logger) {
        let level: LogLevel = failureClass == nil ? .info : .warning
        logger.log(
            level, "model call",
            [
                "request": .text(requestID), "trace_id": .text(trace?.traceID ?? "none"),
                "stage": .text(stage.rawValue),
                "provider": .text(choice?.provider ?? "none"), "model": .text(choice?.model ?? "none"),
                "class": .text(failureClass?.rawValue ?? "ok"), "detail": .text(failureDetail ?? "none"),
                "attempts": .integer(attempts),
                "gate_wait_ms": .number(gateWait.inSeconds * 1_000), "ms": .number(duration.inSeconds * 1_000),
                "tokens": .integer(tokens.total), "cost": .text(cost?.description ?? "unknown"),
                "upstream_request": .text(upstreamRequestID ?? "none"),
            ])
    }
}
