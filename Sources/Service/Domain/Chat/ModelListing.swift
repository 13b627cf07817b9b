/// What models there are.
public struct ModelListing: Sendable, Equatable {
    /// In the order of the providers, then as each lists them.
    public var models: [ModelDescription]
    /// Why a provider's models are missing, by its name.
    public var failures: [String: ModelFailure]

    /// A listing.
    public init(models: [ModelDescription] = [], failures: [String: ModelFailure] = [:]) {
        self.models = models
        self.failures = failures
    }
}
