import Domain

/// Whether a model can be asked by a name, told before anybody is asked.
extension RoutePlan {
    /// As far as the table tells; nil when the providers have to say what they have.
    func naming(of name: String) -> ModelNaming? {
        if let choice = ModelChoice(name), known.contains(choice) { return .known }
        return Set(known.filter { $0.model == name }).count == 1 ? .known : nil
    }

    /// As the listing tells. A model of a provider that does not say what it has is let through: that it is missing
    /// would be a guess.
    func naming(of name: String, for stage: ModelTarget.Stage, in listing: ModelListing) -> ModelNaming {
        let listed = listing.models.map { ModelChoice(provider: $0.provider, model: $0.id) }
        let all = Set(known + listed)
        let isFull = ModelChoice(name).map { providers.contains($0.provider) } ?? false
        let meant = all.filter { isFull ? $0.description == name : $0.model == name }
        if meant.count > 1 { return .ambiguous(meant.map(\.description).sorted()) }
        if let choice = meant.first { return can(choice, stage, listing) ? .known : .unsuitable }
        if let choice = ModelChoice(name), isFull {
            return listing.failures[choice.provider] == nil ? unknown(all, stage, listing) : .known
        }
        let silent = listing.failures.keys.sorted()
        return silent.isEmpty ? unknown(all, stage, listing) : .undecided(providers: silent)
    }

    private func unknown(
        _ all: Set<ModelChoice>, _ stage: ModelTarget.Stage, _ listing: ModelListing
    ) -> ModelNaming {
        .unknown(known: all.filter { can($0, stage, listing) }.map(\.description).sorted())
    }

    /// What is configured and not listed can do what it is configured for.
    private func can(_ choice: ModelChoice, _ stage: ModelTarget.Stage, _ listing: ModelListing) -> Bool {
        let model = listing.models.first { $0.provider == choice.provider && $0.id == choice.model }
        return model?.capabilities.contains(stage == .embedding ? .embeddings : .chat) ?? true
    }
}
