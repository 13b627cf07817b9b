import Domain
import EventLoop
public import Telemetry

/// What a worker counts of its jobs.
public struct WorkerMetrics: Sendable {
    /// Counts nothing.
    public static let disabled = WorkerMetrics(.disabled, categories: [])

    let republished: Counter
    let unreadable: Counter
    let lost: Counter
    private let categories: Set<String>
    private let waits: MetricFamily<Histogram>
    private let runs: MetricFamily<Histogram>
    private let totals: MetricFamily<Histogram>
    private let attempts: MetricFamily<Histogram>
    private let failures: MetricFamily<Counter>
    private let retries: MetricFamily<Counter>

    /// Makes the families of `registry`. Jobs of other categories than these are counted together.
    public init(_ registry: MetricsRegistry, categories: Set<String>) {
        self.categories = categories
        let labels = ["category", "source"]
        waits = registry.histogram(
            "gigaoffice_job_wait_seconds", unit: .seconds, "From a job's commit to its first start.", labels: labels,
            bounds: HistogramBounds.jobs)
        runs = registry.histogram(
            "gigaoffice_job_run_seconds", unit: .seconds, "One try of a job, from its claim to the stored outcome.",
            labels: labels + ["state"], bounds: HistogramBounds.jobs)
        totals = registry.histogram(
            "gigaoffice_job_duration_seconds", unit: .seconds,
            "From a job's commit to its stored end, all tries and pauses together.", labels: labels + ["state"],
            bounds: HistogramBounds.jobs)
        attempts = registry.histogram(
            "gigaoffice_job_attempts", unit: .none, "Tries that a job took until its end.", labels: labels + ["state"],
            bounds: [1, 2, 3, 4, 5, 10])
        failures = registry.counter(
            "gigaoffice_job_failures", "Jobs that ended as failed, by the class of the last failure.",
            labels: ["category", "error_type"])
        retries = registry.counter(
            "gigaoffice_job_retries", "Tries that were followed by another one, by the class of the failure.",
            labels: ["category", "error_type"])
        republished = registry.counter(
            "gigaoffice_messages_republished", "Messages that the broker had lost and got once more."
        ).with()
        unreadable = registry.counter(
            "gigaoffice_dead_letters", "Messages that were put into the dead letter topic."
        ).with()
        lost = registry.counter(
            "gigaoffice_jobs_recovered", "Jobs of lost workers that were put back into the queue."
        ).with()
    }

    /// A try begins. Only the first one has waited.
    func began(_ job: ClaimedJob) {
        guard job.attempt <= 1, job.timeSpent == .zero else { return }
        waits.with(name(job.input.category), source(job)).observe(Self.age(job))
    }

    /// A try is over and will be followed by another one.
    func willRetry(_ retry: ScheduledRetry, _ job: ClaimedJob, after duration: Duration) {
        let category = name(job.input.category)
        runs.with(category, source(job), "retried").observe(duration)
        retries.with(category, retry.failure.failureClass.rawValue).add()
    }

    /// A job has ended.
    func ended(_ end: JobEnd, _ job: ClaimedJob, after duration: Duration) {
        let state: String
        let category: String
        switch end {
        case .completed(let output):
            (state, category) = ("completed", name(output.category))
        case .failed(let failure):
            (state, category) = ("failed", name(job.input.category))
            failures.with(category, failure.failureClass.rawValue).add()
        }
        runs.with(category, source(job), state).observe(duration)
        totals.with(category, source(job), state).observe(Self.age(job))
        attempts.with(category, source(job), state).observe(job.attempt)
    }

    private static func age(_ job: ClaimedJob) -> Duration {
        .microseconds(WallTime.now.microseconds - job.createdAt.microseconds)
    }

    /// Clients may name any category; `none` is not known yet.
    private func name(_ category: String?) -> String {
        guard let category, !category.isEmpty else { return "none" }
        return categories.contains(category) ? category : "other"
    }

    private func source(_ job: ClaimedJob) -> String {
        job.client == "kafka" || job.client.hasPrefix("kafka:") ? "kafka" : "http"
    }
}
