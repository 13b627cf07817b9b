import Domain
import EventLoop
import Glibc
import Kafka
import Queue
import Storage
import Telemetry
import Worker

/// The part of the service that does jobs: the group member, the worker and the tasks that look after its jobs.
/// Lives on the first loop.
final class WorkerSide {
    private let configuration: Configuration
    private let context: LoopProgram.Context
    private let messaging: Messaging
    private let store: PostgresJobStore
    private let outbox: PostgresOutbox
    private let pipeline: JobPipeline
    private let capacity: (any WorkCapacity)?
    private let relaySignal: Signal
    private let logger: Logger
    private let metrics: ServiceMetrics
    private let statistics: any JobStatistics
    private let spans: SpanQueue
    private var tasks = TaskBag()
    private var source: KafkaJobSource?
    private var worker: Worker?

    init(
        _ configuration: Configuration, context: LoopProgram.Context, messaging: Messaging, store: PostgresJobStore,
        outbox: PostgresOutbox, models: any ChatModel, capacity: (any WorkCapacity)?, prompts: any PromptSource,
        relaySignal: Signal, logger: Logger, metrics: ServiceMetrics, statistics: any JobStatistics,
        spans: SpanQueue
    ) {
        self.configuration = configuration
        self.context = context
        self.messaging = messaging
        self.store = store
        self.outbox = outbox
        self.capacity = capacity
        self.relaySignal = relaySignal
        self.logger = logger
        let shared: any ChatModel =
            configuration.worker.coalescesIdentical ? CoalescingModel(on: context.mainLoop, models) : models
        self.metrics = metrics
        self.statistics = statistics
        self.spans = spans
        pipeline = JobPipeline(
            models: shared, prompts: prompts, tokenBudget: configuration.gigachat.maxTokensPerRequest,
            checksResults: configuration.worker.checksResults)
    }

    private var loop: EventLoop { context.mainLoop }

    /// Joins the group as soon as the topics exist: a member of a group whose topic is missing would notice it only
    /// minutes later.
    func start() {
        let bound = LoopBound(self, to: loop)
        let ready = messaging.topicsAreReady
        tasks.add("worker", on: loop) {
            await ready.wait()
            if !Task.isCancelled { await bound.value.work() }
        }
    }

    private func work() async {
        do throws(KafkaError) {
            let source = try openSource()
            let worker = makeWorker(source)
            self.source = source
            self.worker = worker
            let bound = LoopBound(worker, to: loop)
            startCaretakers(bound, source)
            tasks.add("jobs", on: loop) { await bound.value.runJobs() }
            await worker.takeJobs()
        } catch {
            logger.error("the worker cannot start", ["reason": "\(error)"])
        }
    }

    private func openSource() throws(KafkaError) -> KafkaJobSource {
        let logger = logger
        var settings = messaging.settings
        // A real broker answers a waiting fetch as soon as there is a message. The embedded one lets every fetch
        // run out its time, so a message of another producer waits that long. Our own jobs are offered before.
        settings.extra["fetch.wait.max.ms"] = configuration.kafka.usesEmbeddedBroker ? "200" : "100"
        return try KafkaJobSource(
            on: loop, blocking: context.kafkaBlocking, settings, topics: messaging.topics,
            group: configuration.kafka.group,
            // A dead worker's jobs wait for both to run out. Brokers refuse less than 6 s by default.
            sessionTimeout: max(.seconds(6), configuration.worker.lease), metrics: metrics.queue,
            onLogLost: { partition in
                logger.warning(
                    "the broker has lost a partition's log, what it has now is read from the beginning",
                    ["partition": .integer(Int(partition))])
            }
        ) { error in
            logger.debug("kafka consumer", ["reason": "\(error)"])
        }
    }

    private func makeWorker(_ source: KafkaJobSource) -> Worker {
        var settings = WorkerConfiguration(owner: Self.ownerName)
        settings.concurrency = configuration.worker.concurrency
        settings.window = configuration.worker.window
        settings.ageing = configuration.worker.ageing
        settings.weights = configuration.worker.weights
        settings.lease = configuration.worker.lease
        settings.heartbeat = configuration.worker.heartbeat
        settings.maximumProcessingTime = configuration.worker.maxProcessingTime
        settings.retries.maximumRetries = configuration.gigachat.maxRetries
        return Worker(
            on: loop, configuration: settings, ledger: store, queue: messaging.queue, source: source,
            pipeline: pipeline, pipelineLoops: context.group.loops, capacity: capacity, relaySignal: relaySignal,
            logger: logger, metrics: metrics.worker, spans: spans)
    }

    private func startCaretakers(_ worker: LoopBound<Worker>, _ source: KafkaJobSource) {
        let reconciler = Reconciler(
            outbox: outbox, source: source, relaySignal: relaySignal,
            interval: configuration.worker.reconcileInterval, logger: logger, metrics: metrics.worker)
        let retention = Retention(
            archive: store, statistics: statistics, age: .seconds(configuration.worker.retentionDays * 86_400),
            logger: logger)
        let loop = loop
        tasks.add("retention", on: loop) { await retention.run(on: loop) }
        tasks.add("leases", on: loop) { await worker.value.keepLeases() }
        tasks.add("holds", on: loop) { await worker.value.watchHolds() }
        tasks.add("expiry", on: loop) { await worker.value.watchLeases() }
        tasks.add("recovery", on: loop) { await worker.value.recoverLostJobs() }
        tasks.add("reconciler", on: loop) { await reconciler.run(on: loop) }
        let interval = configuration.worker.reconcileInterval
        tasks.add("logs", on: loop) { await source.watchLogs(every: interval) }
        guard metrics.registry.isEnabled else { return }
        tasks.add("lag", on: loop) { await source.watchLag(on: loop) }
    }

    /// Hears of jobs whose messages this process is about to publish.
    func offer(_ tickets: [JobTicket]) {
        worker?.offer(tickets)
    }

    /// Takes no more jobs, lets the running ones end until the deadline, hands the rest back and leaves the group.
    func stop(by deadline: MonotonicTime) async {
        let bound = LoopBound(self, to: loop)
        let timer = loop.schedule(at: deadline) { bound.value.worker?.stopJobs() }
        await tasks.cancel("worker")
        await tasks.finish("jobs")
        loop.cancel(timer)
        await tasks.cancelAll()
        await source?.close()
    }

    /// Unique enough to be told apart in the database: host, process and time of start.
    static let ownerName: String = {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        let host = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return "\(host):\(getpid()):\(WallTime.now.seconds)"
    }()
}
