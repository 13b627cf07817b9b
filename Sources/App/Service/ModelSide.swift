import API
import Domain
import EventLoop
import HTTPClient
import Providers
import Telemetry

/// The part of the service that asks models: the providers that are configured, behind one router.
final class ModelSide: ModelReportSource {
    private let router: ModelRouter
    private let table: RouteTable
    private let primary: String
    private let choiceIsAllowed: Bool
    private let clients: [LoopClients]
    /// Calls wait at them as long as no `GateKeeper` runs.
    let gates: [ProviderGate]

    private init(
        _ configuration: Configuration, _ providers: ModelProviders, logger: Logger, metrics: ServiceMetrics,
        spans: SpanQueue
    ) {
        table = RouteTable(configuration)
        primary = configuration.primaryProvider
        choiceIsAllowed = configuration.models.choiceIsAllowed
        clients = providers.clients
        gates = providers.gates
        // Each call of the dry run is one try, so that the steps of its script are the tries of a job.
        let isDryrun = configuration.gigachat.runMode == .dryrun
        let once = CallPolicy(triesPerModel: 1, longestPause: .zero)
        router = ModelRouter(
            providers.routed, table: table, prices: configuration.models.prices,
            policy: { isDryrun ? once : CallPolicy.usual(for: $0) },
            onEnd: {
                $0.log(to: logger)
                metrics.models.record($0)
                if spans.isEnabled, let span = $0.span { spans.add(span) }
            })
        let (routed, gates, primary) = (providers.routed, providers.gates, primary)
        metrics.registry.onCollect {
            for provider in routed { metrics.models.sample(provider) }
            for gate in gates { metrics.models.sample(gate, of: primary) }
        }
    }

    /// Makes the providers. Asks none of them.
    static func open(
        _ configuration: Configuration, on group: EventLoopGroup, blocking: BlockingThread, logger: Logger,
        metrics: ServiceMetrics, spans: SpanQueue
    ) async throws -> ModelSide {
        let providers = try await ModelProviders.make(
            configuration, on: group, blocking: blocking, logger: logger)
        return ModelSide(configuration, providers, logger: logger, metrics: metrics, spans: spans)
    }

    /// For jobs.
    var forJobs: any ChatModel { router }

    /// What bounds the jobs that may be under way: GigaChat's gate, where GigaChat is the first to do jobs; nil where
    /// nothing does.
    var capacityForJobs: (any WorkCapacity)? {
        let first = table.candidates(for: .generation, category: nil).first
        return first?.provider == primary ? gates.first : nil
    }

    /// For clients, who may be kept from naming a model; nil when nobody could answer.
    var forClients: (any ChatModel)? {
        guard !router.providers.isEmpty else { return nil }
        return choiceIsAllowed ? router : RoutedChoiceOnly(router)
    }

    /// GigaChat, or what stands in for it, as `/api/health` tells it.
    func health() -> HealthReport.Component {
        guard let routed = router.providers.first(where: { $0.provider.name == primary }) else {
            return HealthReport.Component(name: "gigachat", isUp: true, detail: primary)
        }
        let standing = routed.provider.standing()
        let breaker = routed.breakerState
        let isAsked = breaker == "closed" || breaker == "half-open"
        let detail = [standing.detail, isAsked ? nil : "not asked now: \(breaker)"].compactMap(\.self)
        return HealthReport.Component(
            name: "gigachat", isUp: standing.isUsable && isAsked,
            detail: detail.isEmpty ? primary : detail.joined(separator: "; "))
    }

    /// See `ModelReportSource`.
    func modelReport() async -> ModelReport {
        let providers = router.providers.map { routed in
            ModelReport.Provider(
                name: routed.provider.name, capabilities: routed.provider.capabilities,
                standing: routed.provider.standing(), breaker: routed.breakerState)
        }
        let names = Set(providers.map(\.name))
        var routes: [ModelTarget.Stage: [String]] = [:]
        for stage in ModelTarget.Stage.allCases {
            let usable = table.candidates(for: stage, category: nil).filter { names.contains($0.provider) }
            routes[stage] = usable.map(\.description)
        }
        return ModelReport(providers: providers, routes: routes, listing: await router.models())
    }

    /// Ends the calls that still run and closes the connections.
    func close() async {
        for clients in clients { await clients.close() }
    }
}
