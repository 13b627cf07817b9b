public import Domain

/// The models, who has them and who is asked for what, at one moment.
public struct ModelReport: Sendable {
    /// One provider.
    public struct Provider: Sendable {
        /// Its name.
        public var name: String
        /// What it can do at best.
        public var capabilities: ModelDescription.Capabilities
        /// What is known of it without asking.
        public var standing: ProviderStanding
        /// Whether it is asked at all: `closed` for yes, `open`, `half-open` or `quota`.
        public var breaker: String

        /// Gathers a provider's state.
        public init(
            name: String, capabilities: ModelDescription.Capabilities, standing: ProviderStanding, breaker: String
        ) {
            self.name = name
            self.capabilities = capabilities
            self.standing = standing
            self.breaker = breaker
        }
    }

    /// In the order in which they are listed.
    public var providers: [Provider]
    /// The models asked for each stage, `provider/model`, the first choice first.
    public var routes: [ModelTarget.Stage: [String]]
    /// The models, and why some are missing.
    public var listing: ModelListing

    /// Gathers a report.
    public init(providers: [Provider], routes: [ModelTarget.Stage: [String]], listing: ModelListing) {
        self.providers = providers
        self.routes = routes
        self.listing = listing
    }
}
