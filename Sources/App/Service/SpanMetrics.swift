import Telemetry

/// What became of spans.
struct SpanMetrics: Sendable {
    let exported: Counter
    let lost: Counter

    init(_ registry: MetricsRegistry) {
        exported = registry.counter("gigaoffice_spans_exported", "Spans that the collector took.").with()
        lost = registry.counter(
            "gigaoffice_spans_lost", "Spans that found no room or that the collector did not take."
        ).with()
    }
}
