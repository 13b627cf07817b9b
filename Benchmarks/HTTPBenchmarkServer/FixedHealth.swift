import API
import Domain

/// Everything is always well.
struct FixedHealth: HealthSource {
    let isAccepting = true

    func report() -> HealthReport {
        HealthReport(
            database: HealthReport.Component(name: "database", isUp: true, latencyMilliseconds: 0.5),
            kafka: HealthReport.Component(name: "kafka", isUp: true, latencyMilliseconds: 1.25),
            model: HealthReport.Component(name: "gigachat", isUp: true, detail: "dryrun"),
            load: JobLoad(queued: 0, processing: 0), memoryMebibytes: 64, cpuPercent: 50, uptimeSeconds: 60)
    }
}
