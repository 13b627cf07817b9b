import Domain
import EventLoop
public import Telemetry

/// What is counted of the calls of models, after OpenTelemetry's conventions for generative AI where they have a name
/// for it.
public struct ModelMetrics: Sendable {
    private let durations: MetricFamily<Histogram>
    private let tokens: MetricFamily<Histogram>
    private let gateWaits: MetricFamily<Histogram>
    private let attempts: MetricFamily<Counter>
    private let cost: MetricFamily<Counter>
    private let breakers: MetricFamily<Gauge>
    private let slotsInUse: MetricFamily<Gauge>
    private let slotsHeld: MetricFamily<Gauge>
    private let slotLimit: MetricFamily<Gauge>
    private let waiting: MetricFamily<Gauge>

    /// Makes the families of `registry`.
    public init(_ registry: MetricsRegistry) {
        let model = ["gen_ai_operation_name", "gen_ai_provider_name", "gen_ai_request_model"]
        let provider = ["gen_ai_provider_name"]
        durations = registry.histogram(
            "gen_ai_client_operation_duration_seconds", unit: .seconds,
            "Calls of models, waiting for a slot and all tries included; a failed one has an error_type.",
            labels: model + ["error_type"], bounds: HistogramBounds.modelCalls)
        tokens = registry.histogram(
            "gen_ai_client_token_usage", unit: .none, "Tokens of a call: input, of those cached_input, and output.",
            labels: model + ["gen_ai_token_type"], bounds: HistogramBounds.tokens)
        gateWaits = registry.histogram(
            "gigaoffice_gate_wait_seconds", unit: .seconds, "What calls waited for a slot or for the rate.",
            labels: provider, bounds: HistogramBounds.jobs)
        attempts = registry.counter(
            "gigaoffice_model_attempts", "Tries that the calls took.", labels: provider + ["gen_ai_request_model"])
        cost = registry.counter(
            "gigaoffice_model_cost", unit: .money, "What the calls cost by the configured prices, in their currency.",
            labels: provider + ["gen_ai_request_model"])
        breakers = registry.gauge(
            "gigaoffice_breaker_state", "1 for the state that a provider's circuit breaker is in.",
            labels: provider + ["state"])
        slotsInUse = registry.gauge(
            "gigaoffice_gate_slots_used", "Calls of this process that are under way.", labels: provider)
        slotsHeld = registry.gauge(
            "gigaoffice_gate_slots_held", "Slots that this process holds, used or not.", labels: provider)
        slotLimit = registry.gauge(
            "gigaoffice_gate_slots_limit", "Calls at a time over all processes.", labels: provider)
        waiting = registry.gauge(
            "gigaoffice_gate_waiting", "Calls of this process that wait for a slot or for the rate.", labels: provider)
    }

    /// Counts a call that has ended.
    public func record(_ call: CallRecord) {
        let operation = call.stage == .embedding ? "embeddings" : "chat"
        let (provider, model) = (call.choice?.provider ?? "none", call.choice?.model ?? "none")
        durations.with(operation, provider, model, call.failureClass?.rawValue ?? "").observe(call.duration)
        let counts = [
            ("input", call.tokens.prompt), ("cached_input", call.tokens.precached),
            ("output", call.tokens.completion),
        ]
        for (type, count) in counts where count > 0 {
            tokens.with(operation, provider, model, type).observe(count)
        }
        gateWaits.with(provider).observe(call.gateWait)
        attempts.with(provider, model).add(call.attempts)
        if let money = call.cost { cost.with(provider, model).add(Int(money.trillionths / 1_000_000)) }
    }

    /// Looks at a provider's breaker.
    public func sample(_ provider: RoutedProvider) {
        let present = provider.breakerState
        for state in ["closed", "open", "half-open", "quota"] {
            breakers.with(provider.provider.name, state).set(state == present ? 1 : 0)
        }
    }

    /// Looks at the gate of `provider`.
    public func sample(_ gate: ProviderGate, of provider: String) {
        let snapshot = gate.snapshot
        slotsInUse.with(provider).set(Double(snapshot.inUse))
        slotsHeld.with(provider).set(Double(snapshot.leased))
        if let limit = snapshot.limit { slotLimit.with(provider).set(Double(limit)) }
        waiting.with(provider).set(Double(snapshot.waiting))
    }
}
