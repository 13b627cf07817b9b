public import Domain
public import HTTPClient
public import JSON

/// What sets one provider apart from the others that speak OpenAI's form: data and a few closures, no state.
public struct ProviderProfile: Sendable {
    /// Writes the body of a chat request for a model; the flag says whether the answer is to come in pieces. Throws
    /// `.badRequest` for what the provider is known to refuse.
    public typealias BodyWriter =
        @Sendable (_ request: ChatRequest, _ model: String, _ streams: Bool) throws(ModelFailure) -> [UInt8]

    /// The provider's name in settings, results, logs and metrics.
    public var name: String
    /// What it can do at best.
    public var capabilities: ModelDescription.Capabilities
    /// Makes a request's body.
    public var body: BodyWriter
    /// Below the base address.
    public var chatPath = "/chat/completions"
    /// Below the base address.
    public var modelsPath = "/models"
    /// Below the base address.
    public var embeddingsPath = "/embeddings"
    /// What every request carries besides.
    public var headers: ClientHeaders = [:]
    /// The header that calls of one session share, so that the provider can cache their common beginning.
    public var sessionHeader: String?
    /// Statuses that mean that the token of access is not accepted any more.
    public var refreshStatuses: Set<Int> = [401]
    /// Words of a refusal with 400 that mean the same, in lower case.
    public var refreshWords: [String] = []
    /// What it has, where its listing does not tell; nil asks it.
    public var fixedModels: [String]?
    /// What stands before each name in the provider's listing and is no part of it.
    public var listedPrefix = ""
    /// What a listed model can do; nil leaves it out of the listing.
    public var abilities: @Sendable (JSONValue) -> ModelDescription.Capabilities?

    /// A provider that speaks OpenAI's form to the letter, unless said otherwise afterwards.
    public init(
        name: String,
        capabilities: ModelDescription.Capabilities = [.chat, .streaming, .tools, .jsonSchema, .embeddings],
        body: @escaping BodyWriter
    ) {
        self.name = name
        self.capabilities = capabilities
        self.body = body
        abilities = { _ in capabilities }
    }

    /// Whether the failure means that the token of access is not accepted any more.
    func refusesToken(_ failure: ModelFailure) -> Bool {
        guard let status = failure.status else { return false }
        if refreshStatuses.contains(status) { return true }
        return status == 400 && refreshWords.contains { failure.detail.utf8.lowercasedContains($0) }
    }
}
