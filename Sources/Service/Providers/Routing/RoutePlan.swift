import Domain

/// Turns what was asked for into the models to try, in order. Pure.
struct RoutePlan {
    let table: RouteTable
    /// The names of the providers there are.
    let providers: Set<String>

    /// What a target comes to.
    enum Outcome: Equatable {
        /// These, in order; at least one.
        case choices([ModelChoice])
        /// Somebody has to say first who has a model of this name.
        case needsListing(String)
        /// Nobody can be asked.
        case refused(ModelFailure)
    }

    /// As far as the table tells.
    func outcome(of target: ModelTarget) -> Outcome {
        switch target {
        case .stage(let stage, let category):
            let usable = table.candidates(for: stage, category: category).filter { providers.contains($0.provider) }
            guard !usable.isEmpty else {
                return .refused(ModelFailure(.notFound, "no model is configured for \(stage.rawValue)"))
            }
            return .choices(usable)
        case .named(let name, _):
            if let choice = ModelChoice(name), providers.contains(choice.provider) { return .choices([choice]) }
            let owners = Set(known.filter { $0.model == name })
            if owners.count == 1, let owner = owners.first { return .choices([owner]) }
            return .needsListing(name)
        }
    }

    /// The models of the table that can be asked.
    var known: [ModelChoice] {
        (table.tiers.values.flatMap(\.self) + table.defaults.values.flatMap(\.self))
            .filter { providers.contains($0.provider) }
    }

    /// Who has the model, as the listing tells.
    func outcome(ofModel name: String, in listing: ModelListing) -> Outcome {
        let owners = Set((known + listing.models.map { ModelChoice(provider: $0.provider, model: $0.id) }))
            .filter { $0.model == name }.map(\.description).sorted()
        if owners.count == 1, let owner = ModelChoice(owners[0]) { return .choices([owner]) }
        if owners.count > 1 {
            let choices = owners.joined(separator: ", ")
            return .refused(ModelFailure(.badRequest, "several providers have the model \(name): say \(choices)"))
        }
        if let (provider, failure) = listing.failures.min(by: { $0.key < $1.key }) {
            let detail = "no provider lists the model \(name), and \(provider) does not say what it has"
            return .refused(ModelFailure(failure.failureClass, detail, retryAfter: failure.retryAfter))
        }
        let names = Set(known.map(\.model) + listing.models.map(\.id)).sorted()
        let hint = ClosestName.of(name, among: names).map { "; did you mean \($0)?" } ?? ""
        return .refused(ModelFailure(.notFound, "no provider has the model \(name)\(hint)"))
    }
}
