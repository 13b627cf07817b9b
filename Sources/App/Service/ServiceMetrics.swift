import API
import Prompts
import Providers
import Queue
import Storage
import Telemetry
import Worker

/// All that the process counts: the registry, and what each part makes of it.
struct ServiceMetrics: Sendable {
    let registry: MetricsRegistry
    let api: APIMetrics
    let worker: WorkerMetrics
    let queue: QueueMetrics
    let models: ModelMetrics
    let database: DatabaseMetrics
    let process: ProcessMetrics
    let backlog: BacklogMetrics
    let spans: SpanMetrics

    /// Makes every family of metrics that there is.
    init(isEnabled: Bool, loops: Int, categories: Set<String>, role: String) {
        registry = MetricsRegistry(threads: loops, isEnabled: isEnabled)
        api = APIMetrics(registry, loops: loops)
        worker = WorkerMetrics(registry, categories: categories)
        queue = QueueMetrics(registry)
        models = ModelMetrics(registry)
        database = DatabaseMetrics(registry)
        process = ProcessMetrics(registry, role: role)
        backlog = BacklogMetrics(registry, categories: categories)
        spans = SpanMetrics(registry)
    }

    /// As configured. Jobs may be of the categories of the files.
    init(_ configuration: Configuration, loops: Int, library: PromptLibrary, role: ServeOptions.Role) {
        self.init(
            isEnabled: configuration.metrics.isEnabled, loops: loops,
            categories: Set(library.activeCategories.map(\.name)), role: role.rawValue)
    }
}
