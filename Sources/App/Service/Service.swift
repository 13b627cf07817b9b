import API
import Domain
import EventLoop
import HTTP
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
    private let relaySignal: Signal
    private let queueLimit: QueueLimit
    private var tasks = TaskBag()
    private var database: DatabaseClients?
    private var health: HealthMonitor?
    private var http: HTTPServer?
    private var catalogue: CatalogueCache?
    private var watches: [LoopBound<JobWatch>] = []
    private var messaging: Messaging?
    private var workerSide: WorkerSide?
    private var models: ModelSide?

    init(_ configuration: Configuration, role: ServeOptions.Role, context: LoopProgram.Context, logger: Logger) {
        self.configuration = configuration
        self.role = role
        self.context = context
        self.logger = logger
        relaySignal = Signal(on: context.mainLoop)
        queueLimit = QueueLimit(configuration.worker.maxQueueSize)
    }

    private var loop: EventLoop { context.mainLoop }

    // MARK: Starting

    /// Returns when requests are answered and jobs are taken. After a failure call `stop` as well.
    func start() async throws {
        logger.notice(
            "starting", ["version": .text(ProgramVersion.current), "role": .text(role.rawValue)])
        let library = try await loadPrompts()
        let models = try await ModelSide.open(
            configuration, on: context.group, blocking: context.blocking, logger: logger)
        self.models = models
        try await migrate()
        let store = await openDatabase(models)
        let messaging = try await openMessaging(store)
        if role != .api { startWorker(store, models, library, messaging) }
        if role != .worker { try await startHTTP(store, models, try await openCatalogue(library, models)) }
        logger.notice("ready", ["model": .text(configuration.gigachat.runMode.rawValue)])
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

    private func openDatabase(_ models: ModelSide) async -> PostgresJobStore {
        let clients = await DatabaseClients.make(
            on: context.group, PostgresConfiguration(configuration.database),
            connectionsPerLoop: configuration.database.connectionsPerLoop, resolver: context.blocking)
        database = clients
        tasks.add("database", on: loop) { await clients.run() }
        let store = PostgresJobStore(clients, ageing: configuration.worker.ageing)
        let health = HealthMonitor(store: store, queueLimit: queueLimit) { models.health() }
        self.health = health
        await health.checkDatabase()
        let loop = loop
        tasks.add("health", on: loop) { await health.watchDatabase(on: loop) }
        tasks.add("load", on: loop) { await health.watchLoad(on: loop) }
        keepGates(models.gates, clients)
        return store
    }

    private func keepGates(_ gates: [ProviderGate], _ database: DatabaseClients) {
        guard !gates.isEmpty else { return }
        let keeper = GateKeeper(
            on: loop, gates: gates, ledger: PostgresCapacityLedger(database), owner: WorkerSide.ownerName)
        let loop = loop
        tasks.add("gates", on: loop) { await keeper.run(on: loop) }
    }

    private func openMessaging(_ store: PostgresJobStore) async throws -> Messaging {
        guard let database, let health else { preconditionFailure("the database comes first") }
        let messaging = try await Messaging.open(configuration, context: context, logger: logger)
        self.messaging = messaging
        let relay = Relay(
            outbox: outbox(database), queue: messaging.queue, signal: relaySignal,
            pollInterval: configuration.worker.outboxPoll, logger: logger)
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
        _ store: PostgresJobStore, _ models: ModelSide, _ library: PromptLibrary, _ messaging: Messaging
    ) {
        guard let database else { preconditionFailure("the database comes first") }
        let side = WorkerSide(
            configuration, context: context, messaging: messaging, store: store, outbox: outbox(database),
            models: models.forJobs, capacity: models.capacityForJobs, library: library, relaySignal: relaySignal,
            logger: logger)
        workerSide = side
        side.start()
    }

    private func openCatalogue(_ library: PromptLibrary, _ models: ModelSide) async throws -> PromptServices {
        guard let database else { preconditionFailure("the database comes first") }
        let side = try await CatalogueSide.open(
            database, library, classifier: TaskClassifier(models: models.forJobs, library: library),
            configuration.access, logger: logger)
        let (cache, loop) = (side.services.cache, loop)
        self.catalogue = cache
        tasks.add("catalogue", on: loop) { await cache.run(on: loop) }
        return side.services
    }

    private func startHTTP(
        _ store: PostgresJobStore, _ models: ModelSide, _ prompts: PromptServices
    ) async throws {
        guard let health else { preconditionFailure("the database comes first") }
        watches = await makeWatches(store)
        let pages = try await loadPages()
        let signal = relaySignal
        let api = API(
            API.Dependencies(
                store: store, prompts: prompts, health: health, watches: watches, queueLimit: queueLimit,
                onSubmit: { signal.ring() },
                maximumRequestsInFlight: configuration.server.maxRequestsInFlight,
                allowedOrigins: configuration.server.allowedOrigins, version: ProgramVersion.current, logger: logger,
                models: models.forClients, modelReport: models,
                chatTimeout: configuration.worker.maxProcessingTime, pages: pages, desk: store))
        let settings = try ServerConfiguration(configuration.server, fileLimit: FileLimit.raise(logger))
        let server: HTTPServer
        do throws(SystemError) {
            server = try await HTTPServer.bind(on: context.group, settings, handler: api.handler)
        } catch {
            throw StartError("cannot listen on \(settings.address): \(error)", .unavailable)
        }
        http = server
        tasks.add("http", on: loop) { await server.run() }
        logger.notice("listening", ["address": .text("http://\(server.address)")])
        if !configuration.server.isLoopback, !configuration.access.keysRequired {
            logger.warning("other machines can reach this address and nobody is asked for a key")
        }
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
        await workerSide?.stop(by: deadline)
        await messaging?.close(tasks)
        await models?.close()
        await tasks.cancelAll()
        logger.notice("stopped")
    }

    /// Balancers that ask `/readyz` now and then get the time to see that it says 503 by now.
    private func announceEnd() async {
        let delay = configuration.server.drainDelay
        guard delay > .zero, http != nil else { return }
        do {
            try await loop.sleep(for: delay)
        } catch {
            return
        }
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
