extension Configuration {
    /// The names of GigaChat, or of what stands in for it, and of the other providers that are configured.
    var providerNames: [String] {
        [primaryProvider] + otherProviders.map(\.name)
    }

    /// `gigachat`, or `dryrun` in its place.
    var primaryProvider: String { gigachat.runMode == .dryrun ? "dryrun" : "gigachat" }

    /// The providers besides GigaChat that are configured, with their models, in the order in which they are asked.
    var otherProviders: [(name: String, model: String?)] {
        let services: [(name: String, service: Models.Service)] = [
            ("mistral", models.mistral), ("gemini", models.gemini), ("deepseek", models.deepseek),
            ("qwen", models.dashscope),
        ]
        var keyed = services.filter { $0.service.key != nil }.map { (name: $0.name, model: $0.service.model) }
        if models.qwen.credentials != nil { keyed.append(("qwen-oauth", models.qwen.model)) }
        return models.compatible.baseURL == nil ? keyed : keyed + [(models.compatible.name, models.compatible.model)]
    }

    /// The names that a service of one's own can't have.
    static let takenProviderNames = ["gigachat", "dryrun", "mistral", "gemini", "deepseek", "qwen", "qwen-oauth"]
}
