public import Domain
import EventLoop

/// All providers behind one door: plans who is asked, waits for a slot, tries again, falls back, and tells of each call
/// once it has ended.
public struct ModelRouter: ChatModel, ModelNames {
    /// The providers, in the order in which they are listed.
    public let providers: [RoutedProvider]
    let plan: RoutePlan
    let prices: ModelPrices
    /// Whether records hold what was asked and answered.
    let keepsTexts: Bool
    let policy: @Sendable (ModelTarget.Stage) -> CallPolicy
    let onEnd: @Sendable (CallRecord) -> Void
    private let catalogue: ModelCatalogue

    /// A router. `onEnd` is called on the caller's loop when a call has ended, and must not take long. Only with
    /// `keepsTexts` do its records hold what was asked and answered.
    public init(
        _ providers: [RoutedProvider], table: RouteTable, prices: ModelPrices = ModelPrices(),
        keepsTexts: Bool = false,
        policy: @escaping @Sendable (ModelTarget.Stage) -> CallPolicy = CallPolicy.usual,
        onEnd: @escaping @Sendable (CallRecord) -> Void
    ) {
        self.providers = providers
        plan = RoutePlan(table: table, providers: Set(providers.map(\.provider.name)))
        self.prices = prices
        self.keepsTexts = keepsTexts
        self.policy = policy
        self.onEnd = onEnd
        catalogue = ModelCatalogue(providers.map(\.provider))
    }

    /// Asks and returns the whole answer.
    public func complete(_ request: ChatRequest) async throws(ModelFailure) -> ChatResult {
        let (request, record) = begin(request)
        var call = try await open(request.target, request.context, record) {
            routed, model, budget async throws(ModelFailure) -> ChatResult in
            let bounded = try TokenLimit.bounded(request, to: routed.maximumTokens)
            return try await routed.provider.complete(bounded, model: model, budget: budget)
        }
        let end = call.answer.end
        call.record.answered(call.answer, keepsTexts: keepsTexts)
        let ended = call.completed(end.tokens, upstreamRequestID: end.upstreamRequestID, prices)
        onEnd(ended)
        var result = call.answer
        result.end.attempts = ended.attempts
        result.end.tokens = ended.tokens
        return result
    }

    /// Asks and returns with the first piece. Until then another model may be asked in its place.
    public func stream(_ request: ChatRequest) async throws(ModelFailure) -> any ChatStream {
        let (request, record) = begin(request)
        let call = try await open(request.target, request.context, record) {
            routed, model, budget async throws(ModelFailure) -> BegunStream in
            let bounded = try TokenLimit.bounded(request, to: routed.maximumTokens)
            return try await BegunStream(routed.provider.stream(bounded, model: model, budget: budget))
        }
        return RoutedStream(call, prices: prices, keepsTexts: keepsTexts, onEnd: onEnd)
    }

    /// Turns texts into vectors.
    public func embed(_ request: EmbeddingRequest) async throws(ModelFailure) -> EmbeddingResult {
        let record = CallRecord(request, keepsTexts: keepsTexts)
        var request = request
        request.context.trace = record.trace
        var call = try await open(request.target, request.context, record) {
            routed, model, budget async throws(ModelFailure) -> EmbeddingResult in
            try await routed.provider.embed(request, model: model, budget: budget)
        }
        call.record.answeredModel = call.answer.model
        let tokens = TokenUsage(prompt: call.answer.promptTokens)
        onEnd(call.completed(tokens, upstreamRequestID: nil, prices))
        return call.answer
    }

    /// The record of a call that begins, and the request as providers get it: their part of the trace is caused by the
    /// call's own span.
    private func begin(_ request: ChatRequest) -> (ChatRequest, CallRecord) {
        let record = CallRecord(request, keepsTexts: keepsTexts)
        var request = request
        request.context.trace = record.trace
        return (request, record)
    }

    /// Every model of every provider, at most a minute old. A provider that does not answer within five seconds is
    /// among the failures.
    public func models() async -> ModelListing {
        await catalogue.listing()
    }

    /// See `ModelNames`. Asks the providers only for a name that is in no route.
    public func naming(of name: String, for stage: ModelTarget.Stage) async -> ModelNaming {
        if let naming = plan.naming(of: name) { return naming }
        return plan.naming(of: name, for: stage, in: await models())
    }

    /// The models to try, in order.
    func choices(for target: ModelTarget) async throws(ModelFailure) -> [ModelChoice] {
        var outcome = plan.outcome(of: target)
        if case .needsListing(let name) = outcome { outcome = plan.outcome(ofModel: name, in: await models()) }
        switch outcome {
        case .choices(let choices): return choices
        case .refused(let failure): throw failure
        case .needsListing(let name): throw ModelFailure(.notFound, "no provider has the model \(name)")
        }
    }

    func routed(_ choice: ModelChoice) -> RoutedProvider? {
        providers.first { $0.provider.name == choice.provider }
    }
}
