import Telemetry

@testable import App

/// The metrics as the page that people read shows them.
enum MetricsReference {
    static let start = "<!-- metrics: made from the registry; see the end of this page -->"
    static let end = "<!-- end of metrics -->"

    /// A row for each family that a process may show.
    static var markdown: String {
        let metrics = ServiceMetrics(isEnabled: true, loops: 1, categories: [], role: "all")
        let head = "| Name | Kind | Labels | Meaning |\n|---|---|---|---|\n"
        return head + metrics.registry.descriptions.map(row).joined()
    }

    private static func row(_ metric: MetricDescription) -> String {
        let labels = metric.labels.map { "`\($0)`" }.joined(separator: ", ")
        return "| `\(metric.exposedName)` | \(metric.kind.rawValue) | \(labels) | \(metric.help) |\n"
    }
}
