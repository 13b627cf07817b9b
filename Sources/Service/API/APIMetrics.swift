public import Telemetry

/// What the API counts.
public struct APIMetrics: Sendable {
    /// Counts nothing.
    public static let disabled = APIMetrics(.disabled, loops: 1)

    /// What `/metrics` shows: of the whole process.
    public let registry: MetricsRegistry
    let requests: RequestMetrics
    let feedback: MetricFamily<Counter>
    let presetUses: MetricFamily<Counter>
    /// By whose wish: a `client`'s or an `operator`'s.
    let cancelled: MetricFamily<Counter>
    private let unreadable: MetricFamily<Counter>

    /// Makes the families of `registry`, for requests on so many loops.
    public init(_ registry: MetricsRegistry, loops: Int) {
        self.registry = registry
        requests = RequestMetrics(registry, loops: loops)
        feedback = registry.counter(
            "gigaoffice_feedback", "Opinions on answers, by the job's category: up, down, or none of both.",
            labels: ["category", "rating"])
        presetUses = registry.counter(
            "gigaoffice_preset_uses", "Jobs whose text was exactly a preset's.", labels: ["category", "preset"],
            limit: 200)
        cancelled = registry.counter(
            "gigaoffice_jobs_cancelled",
            "Jobs that were cancelled over HTTP, by who wished it: a client or an operator.",
            labels: ["wish"])
        for wish in ["client", "operator"] { _ = cancelled.with(wish) }
        unreadable = registry.counter(
            "http_server_unreadable_requests", "Answers to what was no request, came too slowly or was too much.",
            labels: ["status"])
    }

    /// Counts what could not be read as a request.
    public func refused(status code: Int) {
        unreadable.with(String(code)).add()
    }
}
