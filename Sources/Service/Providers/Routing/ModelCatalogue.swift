import Domain
import EventLoop

/// Lists the models of all providers, each asked at the same time, and remembers the answer for a while.
final class ModelCatalogue: Sendable {
    private let providers: [any ModelProvider]
    private let budget: Duration
    private let freshness: Duration
    private let kept = Lock<(listing: ModelListing, until: MonotonicTime)?>(nil)
    /// A listing with gaps is asked for anew sooner.
    private let freshnessOfGaps = Duration.seconds(5)

    init(_ providers: [any ModelProvider], budget: Duration = .seconds(5), freshness: Duration = .seconds(60)) {
        self.providers = providers
        self.budget = budget
        self.freshness = freshness
    }

    func listing() async -> ModelListing {
        if let kept = kept.withLock({ $0 }), kept.until > .now { return kept.listing }
        let listing = await ask()
        let lifetime = listing.failures.isEmpty ? freshness : min(freshness, freshnessOfGaps)
        if !Task.isCancelled { kept.withLock { $0 = (listing, .now + lifetime) } }
        return listing
    }

    private func ask() async -> ModelListing {
        let budget = budget
        let answers = await withTaskGroup(of: (Int, Result<[ModelDescription], ModelFailure>).self) { group in
            for (place, provider) in providers.enumerated() {
                group.addTask(executorPreference: EventLoop.current) {
                    do throws(ModelFailure) {
                        return (place, .success(try await provider.models(budget: budget)))
                    } catch {
                        return (place, .failure(error))
                    }
                }
            }
            var answers: [Int: Result<[ModelDescription], ModelFailure>] = [:]
            for await (place, answer) in group { answers[place] = answer }
            return answers
        }
        var listing = ModelListing()
        for (place, provider) in providers.enumerated() {
            switch answers[place] {
            case .success(let models): listing.models += models
            case .failure(let failure): listing.failures[provider.name] = failure
            case nil: break
            }
        }
        return listing
    }
}
