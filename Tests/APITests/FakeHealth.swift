import API
import Domain
import EventLoop

/// Health as a test wants it.
final class FakeHealth: HealthSource, Sendable {
    private let state: Lock<(report: HealthReport, isAccepting: Bool)>

    init() {
        let report = HealthReport(
            database: HealthReport.Component(name: "database", isUp: true, latencyMilliseconds: 0.5),
            kafka: HealthReport.Component(name: "kafka", isUp: true, latencyMilliseconds: 1.25),
            model: HealthReport.Component(name: "gigachat", isUp: true, detail: "dryrun"),
            load: JobLoad(queued: 3, processing: 2), memoryMebibytes: 64.5, cpuPercent: 12.5, uptimeSeconds: 60.5)
        state = Lock((report, true))
    }

    func report() -> HealthReport { state.withLock { $0.report } }
    var isAccepting: Bool { state.withLock { $0.isAccepting } }

    func change(_ body: (inout HealthReport) -> Void) {
        state.withLock { body(&$0.report) }
    }

    func stopAccepting() {
        state.withLock { $0.isAccepting = false }
    }
}
