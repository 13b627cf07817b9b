import API
import Domain
import EventLoop
import HTTP
import HTTPClient
import HTTPServer
import Kafka
import Postgres
import Prompts
import Providers
import Queue
import Storage
import Telemetry
import Worker

/// The running service: puts the parts together, starts them in order and stops them in reverse. The one place that
/// names concrete types. Lives on the first loop.
final class Service {
    private let configuration: Configuration
    private let role: ServeOptions.Role
    private let context: LoopProgram.Context
    private let logger: Logger
    private let logLevel: any LogLevelControl
    private let relaySignal: Signal
    private let queueLimit: QueueLimit
    /// Knows of every call of a model.
    private let recorder: CallRecorder
    private var tasks = TaskBag()
    private var database: DatabaseClients?
    private var health: HealthMonitor?
    private var http: HTTPServer?
    private var catalogue: CatalogueCache?
    private var keys: APIKeyCache?
    private var watches: [LoopBound<JobWatch>] = []
    private var messaging: Messaging?
    private var workerSide: WorkerSide?
    private var models: ModelSide?
    private var operations: HTTPServer?
    private let spans: SpanQueue
    private var exporter: SpanExporter?

    init(
        _ configuration: Configuration, role: ServeOptions.Role, context: LoopProgram.Context, logger: Logger,
        logLevel: any LogLevelControl
    ) {
        self.configuration = configuration
        self.role = role
        self.context = context
        self.logger = logger
        self.logLevel = logLevel
        relaySignal = Signal(on: context.mainLoop)
        recorder = CallRecorder(on: context.mainLoop, logger: logger)
        queueLimit = QueueLimit(configuration.worker.maxQueueSize)
        let isTraced = configuration.traces.endpoint != nil
        spans = isTraced ? SpanQueue(limit: Configuration.Traces.waitingLimit) : .disabled
    }

    private var loop: EventLoop { context.mainLoop }

    // MARK: Starting

    /// Returns when requests are answered and jobs are taken. After a failure call `stop` as well.
    func start() async throws {
        logger.notice(
            "starting", ["version": .text(ProgramVersion.current), "role": .text(role.rawValue)])
        let library = try await loadPrompts()
        let metrics = ServiceMetrics(
            configuration, loops: context.group.loops.count, library: library, role: role)
        try startExporter(metrics)
        let models = try await ModelSide.open(
            configuration, on: context.group, blocking: context.blocking, recorder: recorder, logger: logger,
            metrics: metrics,
            spans: spans)
        self.models = models
        try await migrate()
        let (store, statistics) = await openDatabase(models, metrics)
        let prompts = try await openCatalogue(library, metrics)
        let messaging = try await openMessaging(store, metrics)
        if role != .api { startWorker(store, models, prompts.prompts, messaging, metrics, statistics) }
        if role != .worker {
            try await startHTTP(store, models, prompts, messaging, metrics, statistics)
        } else {
            try await startOperations(metrics)
        }
        logger.notice("ready", ["model": .text(configuration.gigachat.runMode.rawValue)])
    }

    private func startExporter(_ metrics: ServiceMetrics) throws {
        guard let endpoint = configuration.traces.endpoint else { return }
        do throws(HTTPClientError) {
            let exporter = try SpanExporter(
                spans, endpoint: endpoint, serviceName: configuration.traces.serviceName, on: loop, logger: logger,
                metrics: metrics.spans)
            self.exporter = exporter
            let bound = LoopBound(exporter, to: loop)
            tasks.add("spans", on: loop) { await bound.value.run() }
        } catch {
            throw StartError("OTEL_EXPORTER_OTLP_ENDPOINT: \(error)", .configuration)
        }
    }

    private func loadPrompts() async throws -> PromptLibrary {
        let resources = PromptResources(folder: configuration.paths.resources)
        return try await context.blocking.run { try resources.load() }
    }

    private func loadPages() async throws -> Pages {
        let (paths, logger) = (configuration.paths, logger)
        return try await context.blocking.run { try PageResources(paths).load(logger: logger) }
    }

    /// Waits for a database that is still starting, but not for ever.
    private func migrate() async throws {
        let folder = configuration.paths.migrations
        let files = try await context.blocking.run { try Migration.load(from: folder) }
        let migrator = Migrator(PostgresConfiguration(configuration.database), files: files)
        let deadline = MonotonicTime.now + configuration.database.startupTimeout
        while true {
            do throws(MigrationError) {
                let logger = logger
                let applied = try await migrator.run(on: loop, resolver: context.blocking) { name in
                    logger.notice("applying migration", ["file": .text(name)])
                }
                if applied.isEmpty { logger.debug("the database is up to date") }
                return
            } catch .unavailable(let reason) where deadline > .now && !context.stop.isRequested {
                logger.warning("waiting for the database", ["reason": .text(reason)])
                try await loop.sleep(for: .seconds(1))
            } catch {
                if case .unavailable = error { throw StartError("\(error)", .unavailable) }
                throw StartError("\(error)", .software)
            }
        }
    }

    private func openDatabase(
        _ models: ModelSide, _ metrics: ServiceMetrics
    ) async -> (PostgresJobStore, PostgresStatistics) {
        let clients = await DatabaseClients.make(
            on: context.group, PostgresConfiguration(configuration.database),
            connectionsPerLoop: configuration.database.connectionsPerLoop, resolver: context.blocking,
            metrics: metrics.database, handsOver: true)
        database = clients
        tasks.add("database", on: loop) { await clients.run() }
        let store = PostgresJobStore(
            clients, ageing: configuration.worker.ageing, weights: configuration.worker.weights)
        let health = HealthMonitor(store: store, queueLimit: queueLimit) { models.health() }
        self.health = health
        await health.checkDatabase()
        let loop = loop
        tasks.add("health", on: loop) { await health.watchDatabase(on: loop) }
        tasks.add("load", on: loop) { await health.watchLoad(on: loop) }
        keepGates(models.gates, clients)
        let recorder = recorder
        tasks.add("calls", on: loop) { await recorder.run(storingIn: PostgresCallJournal(clients), on: loop) }
        let statistics = PostgresStatistics(clients)
        if metrics.registry.isEnabled { collect(metrics, clients, statistics) }
        return (store, statistics)
    }

    /// Looks at what nobody tells the metrics.
    private func collect(
        _ metrics: ServiceMetrics, _ database: DatabaseClients, _ statistics: PostgresStatistics
    ) {
        let (loop, blocking) = (loop, context.blocking)
        metrics.registry.onCollect {
            metrics.process.sample()
            database.sample()
        }
        tasks.add("backlog", on: loop) { await metrics.backlog.watch(statistics, on: loop) }
        tasks.add("files", on: loop) { await metrics.process.watchFiles(blocking, on: loop) }
        for loop in context.group.loops { tasks.add("lag", on: loop) { await metrics.process.watchLag(of: loop) } }
    }

    private func keepGates(_ gates: [ProviderGate], _ database: DatabaseClients) {
        guard !gates.isEmpty else { return }
        let keeper = GateKeeper(
            on: loop, gates: gates, ledger: PostgresCapacityLedger(database), owner: WorkerSide.ownerName,
            logger: logger)
        let loop = loop
        tasks.add("gates", on: loop) { await keeper.run(on: loop) }
    }

    private func openMessaging(_ store: PostgresJobStore, _ metrics: ServiceMetrics) async throws -> Messaging {
        guard let database, let health else { preconditionFailure("the database comes first") }
        let messaging = try await Messaging.open(
            configuration, context: context, logger: logger, metrics: metrics.queue)
        self.messaging = messaging
        let relay = Relay(
            outbox: outbox(database), queue: messaging.queue, signal: relaySignal,
            pollInterval: configuration.worker.outboxPoll, logger: logger
        ) { [bound = LoopBound(self, to: loop)] tickets in
            bound.value.workerSide?.offer(tickets)
        }
        let admin = messaging.admin
        let topics = messaging.topicsAreReady
        tasks.add("relay", on: loop) {
            await topics.wait()
            if !Task.isCancelled { await relay.run() }
        }
        tasks.add("kafka health", on: loop) { await health.watchKafka(admin) }
        tasks.add("topics", on: loop) { await messaging.keepTopics() }
        return messaging
    }

    private func outbox(_ database: DatabaseClients) -> PostgresOutbox {
        PostgresOutbox(database, maximumInlineBytes: configuration.kafka.maxInlineBytes)
    }

    private func startWorker(
        _ store: PostgresJobStore, _ models: ModelSide, _ prompts: any PromptSource, _ messaging: Messaging,
        _ metrics: ServiceMetrics, _ statistics: any JobStatistics
    ) {
        guard let database else { preconditionFailure("the database comes first") }
        let side = WorkerSide(
            configuration, context: context, messaging: messaging, store: store, outbox: outbox(database),
            models: models.forJobs, capacity: models.capacityForJobs, prompts: prompts, relaySignal: relaySignal,
            logger: logger, metrics: metrics, statistics: statistics, spans: spans)
        workerSide = side
        side.start()
    }

    /// In every process: workers go by the catalogue's categories as well.
    private func openCatalogue(
        _ library: PromptLibrary, _ metrics: ServiceMetrics
    ) async throws -> CatalogueSide {
        guard let database else { preconditionFailure("the database comes first") }
        let side = try await CatalogueSide.open(
            database, library, blocking: context.blocking,
            until: MonotonicTime.now + configuration.database.startupTimeout, stop: context.stop, logger: logger,
            metrics: metrics.api)
        let (cache, loop) = (side.cache, loop)
        self.catalogue = cache
        tasks.add("catalogue", on: loop) { await cache.run(on: loop) }
        return side
    }

    private func startHTTP(
        _ store: PostgresJobStore, _ models: ModelSide, _ prompts: CatalogueSide, _ messaging: Messaging,
        _ metrics: ServiceMetrics, _ statistics: any JobStatistics
    ) async throws {
        guard let health else { preconditionFailure("the database comes first") }
        watches = await makeWatches(store)
        let access = await openAccess()
        let pages = try await loadPages()
        let signal = relaySignal
        let services = prompts.services(
            classifier: TaskClassifier(models: models.forJobs, prompts: prompts.prompts))
        let api = API(
            API.Dependencies(
                store: store, prompts: services, access: access, health: health, watches: watches,
                queueLimit: queueLimit,
                onSubmit: { signal.ring() },
                maximumRequestsInFlight: configuration.server.maxRequestsInFlight,
                allowedOrigins: configuration.server.allowedOrigins, version: ProgramVersion.current, logger: logger,
                models: models.forClients, modelNames: models.names, modelReport: models,
                chatTimeout: configuration.worker.maxProcessingTime, pages: pages, metrics: metrics.api,
                statistics: statistics, desk: store, queueDesk: queueDesk(messaging, metrics), logLevel: logLevel,
                spans: spans))
        let server = try await listen(configuration.server, metrics, api.handler)
        http = server
        tasks.add("http", on: loop) { await server.run() }
        if metrics.registry.isEnabled { countConnections(of: server, metrics) }
        logger.notice("listening", ["address": .text("http://\(server.address)")])
        if !configuration.server.isLoopback, !configuration.access.keysRequired {
            logger.warning("other machines can reach this address and nobody is asked for a key")
        }
    }

    private func queueDesk(_ messaging: Messaging, _ metrics: ServiceMetrics) -> KafkaQueueDesk {
        KafkaQueueDesk(
            on: loop, blocking: context.kafkaBlocking, messaging.settings, topics: messaging.topics,
            group: configuration.kafka.group, sending: .redriving(configuration.kafka), metrics: metrics.queue,
            logger: logger)
    }

    private func openAccess() async -> AccessControl {
        guard let database else { preconditionFailure("the database comes first") }
        let side = await AccessSide.open(database, configuration.access, on: loop, logger: logger)
        let (loop, keys, limiter) = (loop, side.keys, side.limiter)
        self.keys = keys
        tasks.add("keys", on: loop) { await keys.run(on: loop) }
        tasks.add("rates", on: loop) { await limiter.run(on: loop) }
        return side.control
    }

    private func countConnections(of server: HTTPServer, _ metrics: ServiceMetrics) {
        let loop = loop
        tasks.add("connections", on: loop) {
            await metrics.process.watchConnections(on: loop) { await server.connectionCount() }
        }
    }

    private func listen(
        _ server: Configuration.Server, _ metrics: ServiceMetrics, _ handler: @escaping RequestHandler
    ) async throws -> HTTPServer {
        var settings = try ServerConfiguration(server, fileLimit: FileLimit.raise(logger))
        settings.respondToError = { error in
            metrics.api.refused(status: error.status.code)
            return API.respond(to: error)
        }
        do throws(SystemError) {
            return try await HTTPServer.bind(on: context.group, settings, handler: handler)
        } catch {
            throw StartError("cannot listen on \(settings.address): \(error)", .unavailable)
        }
    }

    /// A process that only works answers for its metrics, its health and its log, where that is wanted.
    private func startOperations(_ metrics: ServiceMetrics) async throws {
        guard let health else { preconditionFailure("the database comes first") }
        guard configuration.metrics.workerPort != 0 else { return }
        var place = configuration.server
        place.port = configuration.metrics.workerPort
        let api = OperationsAPI(
            health: health, metrics: metrics.api, access: await openAccess(), logLevel: logLevel,
            version: ProgramVersion.current, logger: logger)
        let server = try await listen(place, metrics, api.handler)
        operations = server
        tasks.add("operations", on: loop) { await server.run() }
        logger.notice("answering for metrics and health", ["address": .text("http://\(server.address)")])
    }

    private func makeWatches(_ store: PostgresJobStore) async -> [LoopBound<JobWatch>] {
        var watches: [LoopBound<JobWatch>] = []
        let logger = logger
        for loop in context.group.loops {
            let watch = await loop.perform { LoopBound(JobWatch(on: loop, store: store, logger: logger), to: loop) }
            watches.append(watch)
            tasks.add("watch", on: loop) { await watch.value.run() }
        }
        return watches
    }

    // MARK: Stopping

    /// Stops accepting, finishes what is under way within the drain timeout, and closes everything.
    func stop() async {
        logger.notice("stopping")
        let deadline = MonotonicTime.now + configuration.server.drainDelay + configuration.server.drainTimeout
        health?.stopAccepting()
        await announceEnd()
        http?.drain()
        await finishRequests(by: deadline)
        await catalogue?.storeUses()
        await keys?.storeUses()
        await workerSide?.stop(by: deadline)
        await messaging?.close(tasks)
        await models?.close()
        recorder.close()
        await tasks.finish("calls", by: .now + .seconds(2), on: loop)
        exporter?.close()
        await tasks.finish("spans", by: max(deadline, .now + .seconds(1)), on: loop)
        await tasks.cancelAll()
        logger.notice("stopped")
    }

    /// Balancers that ask `/readyz` now and then get the time to see that it says 503 by now.
    private func announceEnd() async {
        let delay = configuration.server.drainDelay
        guard delay > .zero, http != nil else { return }
        await loop.pause(for: delay)
    }

    /// At the deadline the requests that wait for a job are answered with what is known, and get a moment to do so.
    private func finishRequests(by deadline: MonotonicTime) async {
        let watches = watches
        let timer = loop.schedule(at: deadline) {
            for watch in watches { watch.loop.execute { watch.value.endWaits() } }
        }
        await tasks.finish("http", by: deadline + .seconds(1), on: loop)
        loop.cancel(timer)
    }
}
