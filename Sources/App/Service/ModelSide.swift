import API
import Domain
import EventLoop
import HTTPClient
import Providers
import Telemetry
import Worker

/// The part of the service that asks models: the providers that are configured, behind one router.
final class ModelSide: ModelReportSource {
    private let router: ModelRouter
    private let table: RouteTable
    private let primary: String
    private let choiceIsAllowed: Bool
    private let clients: [LoopClients]
    /// Calls wait at them as long as no `GateKeeper` runs.
    var gates: [ProviderGate] { Array(gatesByProvider.values) }
    /// Nil in a dry run.
    let gigachat: GigaChatAccount?
    private let gatesByProvider: [String: ProviderGate]

    private init(
        _ configuration: Configuration, _ providers: ModelProviders, recorder: CallRecorder?, logger: Logger,
        metrics: ServiceMetrics,
        spans: SpanQueue
    ) {
        table = RouteTable(configuration)
        primary = configuration.primaryProvider
        choiceIsAllowed = configuration.models.choiceIsAllowed
        clients = providers.clients
        gatesByProvider = providers.gates
        gigachat = providers.gigachat
        // Each call of the dry run is one try, so that the steps of its script are the tries of a job.
        let isDryrun = configuration.gigachat.runMode == .dryrun
        let currency = configuration.models.currency
        let once = CallPolicy(triesPerModel: 1, longestPause: .zero)
        router = ModelRouter(
            providers.routed, table: table, prices: configuration.models.prices,
            keepsTexts: configuration.models.keepsTexts,
            policy: { isDryrun ? once : CallPolicy.usual(for: $0) },
            onEnd: { record in
                record.log(to: logger)
                recorder?.note(record.call(pricedIn: currency))
                metrics.models.record(record)
                if spans.isEnabled, let span = record.span { spans.add(span) }
            })
        let (routed, gates) = (providers.routed, providers.gates)
        metrics.registry.onCollect {
            for provider in routed { metrics.models.sample(provider) }
            for (name, gate) in gates { metrics.models.sample(gate, of: name) }
        }
    }

    /// Makes the providers. Asks none of them. `recorder` gets every call that has ended.
    static func open(
        _ configuration: Configuration, on group: EventLoopGroup, blocking: BlockingThread,
        recorder: CallRecorder? = nil, logger: Logger,
        metrics: ServiceMetrics, spans: SpanQueue = .disabled
    ) async throws -> ModelSide {
        let providers = try await ModelProviders.make(
            configuration, on: group, blocking: blocking, logger: logger)
        return ModelSide(configuration, providers, recorder: recorder, logger: logger, metrics: metrics, spans: spans)
    }

    /// For jobs.
    var forJobs: any ChatModel { router }

    /// What bounds the jobs that may be under way: the gate of whoever is the first to do jobs; nil where nothing does.
    var capacityForJobs: (any WorkCapacity)? {
        let first = table.candidates(for: .generation, category: nil).first
        return first.flatMap { gatesByProvider[$0.provider] }
    }

    /// For clients, who may be kept from naming a model; nil when nobody could answer.
    var forClients: (any ChatModel)? {
        guard !router.providers.isEmpty else { return nil }
        return choiceIsAllowed ? router : RoutedChoiceOnly(router)
    }

    /// The models that a client may name for its job.
    var names: any ModelNames { choiceIsAllowed ? router : RoutedChoiceOnly(router) }

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
        // First, since asking shows whether the credentials are taken.
        let listing = await router.models()
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
        return ModelReport(providers: providers, routes: routes, listing: listing)
    }

    /// Ends the calls that still run and closes the connections.
    func close() async {
        for clients in clients { await clients.close() }
    }
}
