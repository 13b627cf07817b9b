public import Domain

/// Models among which only the routing chooses: a client that names one is told so.
public struct RoutedChoiceOnly: ChatModel, ModelNames {
    private let models: any ChatModel

    /// Puts `models` behind the rule.
    public init(_ models: any ChatModel) {
        self.models = models
    }

    /// Asks; throws `.badRequest` for a named model.
    public func complete(_ request: ChatRequest) async throws(ModelFailure) -> ChatResult {
        try check(request.target)
        return try await models.complete(request)
    }

    /// Asks; throws `.badRequest` for a named model.
    public func stream(_ request: ChatRequest) async throws(ModelFailure) -> any ChatStream {
        try check(request.target)
        return try await models.stream(request)
    }

    /// Turns texts into vectors; throws `.badRequest` for a named model.
    public func embed(_ request: EmbeddingRequest) async throws(ModelFailure) -> EmbeddingResult {
        try check(request.target)
        return try await models.embed(request)
    }

    /// None that could be named.
    public func models() async -> ModelListing { ModelListing() }

    /// No name is right.
    public func naming(of name: String, for stage: ModelTarget.Stage) async -> ModelNaming { .refused }

    private func check(_ target: ModelTarget) throws(ModelFailure) {
        guard case .named = target else { return }
        throw ModelFailure(.badRequest, "no model can be chosen here: leave it to the routing")
    }
}
