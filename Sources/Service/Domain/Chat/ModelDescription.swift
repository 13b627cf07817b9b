/// A model that can be asked.
public struct ModelDescription: Sendable, Equatable {
    /// What a provider or a model can do.
    public struct Capabilities: OptionSet, Sendable, Hashable {
        /// One bit for each ability.
        public let rawValue: UInt8

        /// Gathers abilities.
        public init(rawValue: UInt8) {
            self.rawValue = rawValue
        }

        /// Going on with a conversation.
        public static let chat = Capabilities(rawValue: 1)
        /// Giving the answer as it is made.
        public static let streaming = Capabilities(rawValue: 2)
        /// Asking for tools.
        public static let tools = Capabilities(rawValue: 4)
        /// Turning texts into vectors.
        public static let embeddings = Capabilities(rawValue: 8)
        /// Taking files.
        public static let files = Capabilities(rawValue: 16)
        /// Giving JSON of a prescribed shape.
        public static let jsonSchema = Capabilities(rawValue: 32)

        /// The abilities as they are called on the wire.
        public var names: [String] { Self.wireNames.filter { contains($0.ability) }.map(\.name) }

        private static let wireNames: [(name: String, ability: Capabilities)] = [
            ("chat", .chat), ("streaming", .streaming), ("tools", .tools), ("embeddings", .embeddings),
            ("files", .files), ("json_schema", .jsonSchema),
        ]
    }

    /// The provider's name.
    public var provider: String
    /// The model, as the provider names it.
    public var id: String
    /// Who made it, where the provider tells.
    public var owner: String?
    /// What it can do.
    public var capabilities: Capabilities

    /// A model.
    public init(provider: String, id: String, owner: String? = nil, capabilities: Capabilities) {
        self.provider = provider
        self.id = id
        self.owner = owner
        self.capabilities = capabilities
    }
}
