import API
import Domain
import EventLoop
import Kafka

/// Asks the dependencies by itself, again and again, and remembers what they said, so that a health request never
/// waits for anything that hangs. A dependency that has not answered for a while counts as down.
final class HealthMonitor: HealthSource, Sendable {
    private struct Answer: Sendable {
        var at: MonotonicTime?
        var latency: Duration = .zero
        var detail = "not asked yet"

        func component(_ name: String, patience: Duration) -> HealthReport.Component {
            guard let at, MonotonicTime.now - at < patience else {
                return HealthReport.Component(name: name, isUp: false, detail: detail)
            }
            let milliseconds = (latency.inSeconds * 100_000).rounded() / 100
            return HealthReport.Component(name: name, isUp: true, latencyMilliseconds: milliseconds)
        }
    }

    private struct State: Sendable {
        var database = Answer()
        var kafka = Answer()
        var load: JobLoad?
        var usage = ProcessUsage()
        var processorPercent = 0.0
        var isAccepting = true
    }

    private let state = Lock(State())
    private let store: any JobStore
    private let model: @Sendable () -> HealthReport.Component
    private let queueLimit: QueueLimit
    private let databaseInterval = Duration.milliseconds(500)
    private let loadInterval = Duration.seconds(1)
    private let kafkaInterval = Duration.seconds(1)
    /// What is said of a dependency whose last answer is too old.
    private static let silence = "does not answer"
    /// How long a queue is told in full, however small its limit.
    private static let shownQueue = 100_000
    private let patience = Duration.seconds(3)

    /// `model` tells how the model's service stands, without asking it.
    init(
        store: any JobStore, queueLimit: QueueLimit, model: @escaping @Sendable () -> HealthReport.Component
    ) {
        self.store = store
        self.model = model
        self.queueLimit = queueLimit
    }

    var isAccepting: Bool { state.withLock { $0.isAccepting } }

    /// From here on `/readyz` says no.
    func stopAccepting() {
        state.withLock { $0.isAccepting = false }
    }

    func report() -> HealthReport {
        let state = state.withLock { $0 }
        let database = state.database.component("database", patience: patience)
        return HealthReport(
            database: database, kafka: state.kafka.component("kafka", patience: patience),
            model: model(),
            load: database.isUp ? state.load : nil, memoryMebibytes: ProcessUsage.residentMebibytes,
            cpuPercent: state.processorPercent, uptimeSeconds: (MonotonicTime.now - state.usage.startedAt).inSeconds)
    }

    /// Asks the database once.
    func checkDatabase() async {
        let start = MonotonicTime.now
        do throws(StoreError) {
            try await store.ping()
            let latency = MonotonicTime.now - start
            state.withLock { $0.database = Answer(at: .now, latency: latency, detail: Self.silence) }
        } catch {
            state.withLock { $0.database.detail = Self.silence }
        }
    }

    /// Counts the jobs until the task is cancelled. Apart from the question whether the database answers, since
    /// counting a long queue takes time: no more than a quarter of it.
    func watchLoad(on loop: EventLoop) async {
        var start: MonotonicTime
        repeat {
            start = .now
            await countJobs()
        } while await loop.pause(for: max(loadInterval, (MonotonicTime.now - start) * 3))
    }

    private func countJobs() async {
        queueLimit.beginCount()
        do throws(StoreError) {
            let load = try await store.load(countingTo: max(queueLimit.maximum, Self.shownQueue))
            queueLimit.finishCount(load.queued + load.processing)
            state.withLock { $0.load = load }
        } catch {
            state.withLock { $0.load = nil }
        }
    }

    /// Asks the database until the task is cancelled.
    func watchDatabase(on loop: EventLoop) async {
        repeat {
            await checkDatabase()
            state.withLock { $0.processorPercent = $0.usage.processorPercent() }
        } while await loop.pause(for: databaseInterval)
    }

    /// Asks the brokers until the task is cancelled.
    func watchKafka(_ admin: KafkaAdmin) async {
        repeat {
            do throws(KafkaError) {
                let reachability = try await admin.ping(timeout: .seconds(2))
                let answer = Answer(at: .now, latency: reachability.latency, detail: Self.silence)
                state.withLock { $0.kafka = answer }
            } catch {
                state.withLock { $0.kafka.detail = Self.silence }
            }
        } while await admin.loop.pause(for: kafkaInterval)
    }
}
