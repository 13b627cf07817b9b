public import Domain
public import EventLoop
public import HTTP
public import HTTPServer
public import Telemetry

/// The HTTP face of the service.
public struct API: Sendable {
    /// What the API needs from the rest of the program.
    public struct Dependencies: Sendable {
        /// Where jobs are kept.
        public var store: any JobStore
        /// Categories, presets and feedback.
        public var prompts: PromptServices
        /// Who may call what.
        public var access: AccessControl
        /// What `/api/health` tells.
        public var health: any HealthSource
        /// One watch for each loop, in the order of the loops' indices.
        public var watches: [LoopBound<JobWatch>]
        /// How many jobs may be unfinished.
        public var queueLimit: QueueLimit
        /// Called after each submission and cancelling, to have it dispatched at once.
        public var onSubmit: @Sendable () -> Void
        /// Requests that are answered or wait at a time, but for those that are essential.
        public var maximumRequestsInFlight: Int
        /// Origins that may use the API from a browser; patterns with `*`.
        public var allowedOrigins: [String]
        /// The program's version.
        public var version: String
        /// Where request lines go.
        public var logger: Logger
        /// Who answers conversations; nil where there are none, and no routes for them either.
        public var models: (any ChatModel)?
        /// Which models a client may name for its job; nil where it may name none.
        public var modelNames: (any ModelNames)?
        /// What `/api/models` tells; nil where there is no such route.
        public var modelReport: (any ModelReportSource)?
        /// How long one call of a model for a client may take, waiting for its turn included.
        public var chatTimeout: Duration
        /// The pages and the description of this API; nil where there are none, and no routes for them either.
        public var pages: Pages?
        /// What is counted.
        public var metrics: APIMetrics
        /// What `/api/metrics` tells; nil where there is no such route.
        public var statistics: (any JobStatistics)?
        /// The operators' side of the store; nil where there are no routes for them.
        public var desk: (any JobDesk)?
        /// The operators' side of the queue; nil where there are no routes for it.
        public var queueDesk: (any QueueDesk)?
        /// The log's level; nil where nobody may change it over HTTP.
        public var logLevel: (any LogLevelControl)?
        /// Where requests with a trace are told of.
        public var spans: SpanQueue

        /// Gathers the dependencies.
        public init(
            store: any JobStore, prompts: PromptServices, access: AccessControl, health: any HealthSource,
            watches: [LoopBound<JobWatch>], queueLimit: QueueLimit, onSubmit: @escaping @Sendable () -> Void,
            maximumRequestsInFlight: Int, allowedOrigins: [String], version: String, logger: Logger,
            models: (any ChatModel)? = nil, modelNames: (any ModelNames)? = nil,
            modelReport: (any ModelReportSource)? = nil, chatTimeout: Duration = .seconds(300), pages: Pages? = nil,
            metrics: APIMetrics = .disabled,
            statistics: (any JobStatistics)? = nil,
            desk: (any JobDesk)? = nil, queueDesk: (any QueueDesk)? = nil,
            logLevel: (any LogLevelControl)? = nil, spans: SpanQueue = .disabled
        ) {
            self.store = store
            self.prompts = prompts
            self.access = access
            self.health = health
            self.watches = watches
            self.queueLimit = queueLimit
            self.onSubmit = onSubmit
            self.maximumRequestsInFlight = maximumRequestsInFlight
            self.allowedOrigins = allowedOrigins
            self.version = version
            self.logger = logger
            self.models = models
            self.modelNames = modelNames
            self.modelReport = modelReport
            self.chatTimeout = chatTimeout
            self.pages = pages
            self.metrics = metrics
            self.statistics = statistics
            self.desk = desk
            self.queueDesk = queueDesk
            self.logLevel = logLevel
            self.spans = spans
        }
    }

    /// Answers every request.
    public let handler: RequestHandler
    /// Routes of which nothing says who may call them: there must not be any.
    public let undeclaredRoutes: [(method: String, pattern: String)]
    /// Every route as method and pattern, for the test of the description.
    public let routes: [(method: String, pattern: String)]

    /// Puts routes and middleware together.
    public init(_ dependencies: Dependencies) {
        var router = Router()
        router.notFound = { Problem(.notFound, .pathNotFound).response(to: $0) }
        router.methodNotAllowed = { Problem(.methodNotAllowed, .methodNotAllowed).response(to: $0) }
        router.notImplemented = { Problem(.notImplemented, .methodNotImplemented).response(to: $0) }
        let prompts = dependencies.prompts
        JobRoutes(
            store: dependencies.store, watches: dependencies.watches, queueLimit: dependencies.queueLimit,
            modelNames: dependencies.modelNames, onQuery: prompts.cache.noteUse, onSubmit: dependencies.onSubmit,
            cancelled: dependencies.metrics.cancelled.with("client")
        ).add(to: &router)
        PromptRoutes(cache: prompts.cache, classifier: prompts.classifier).add(to: &router)
        PromptManagementRoutes(cache: prompts.cache).add(to: &router)
        FeedbackRoutes(store: prompts.feedback, given: dependencies.metrics.feedback).add(to: &router)
        HealthRoutes(health: dependencies.health, version: dependencies.version).add(to: &router)
        if let models = dependencies.models {
            OpenAIRoutes(models: models, timeout: dependencies.chatTimeout).add(to: &router)
        }
        if let source = dependencies.modelReport { ModelRoutes(source: source).add(to: &router) }
        if let desk = dependencies.desk {
            AdminRoutes(
                desk: desk, store: dependencies.store, cancelled: dependencies.metrics.cancelled.with("operator"),
                onChange: dependencies.onSubmit
            ).add(to: &router)
        }
        if let keys = dependencies.access.keys { KeyRoutes(cache: keys).add(to: &router) }
        if let desk = dependencies.queueDesk { QueueRoutes(desk: desk).add(to: &router) }
        if let control = dependencies.logLevel { LogLevelRoutes(control: control).add(to: &router) }
        if let pages = dependencies.pages { PageRoutes(pages).add(to: &router) }
        MetricsRoutes(registry: dependencies.metrics.registry, statistics: dependencies.statistics).add(to: &router)
        router.guardRoutes(dependencies.access.gate)
        routes = router.routes
        undeclaredRoutes = routes.filter { RouteAccess.of($0.method, $0.pattern) == .undeclared }
        let counting: [any Middleware] = dependencies.metrics.registry.isEnabled ? [dependencies.metrics.requests] : []
        let middleware =
            counting + [
                RequestEnvelope(logger: dependencies.logger, spans: dependencies.spans), Compression(),
                CORS(allowedOrigins: dependencies.allowedOrigins),
                LoadShedding(limit: dependencies.maximumRequestsInFlight, isEssential: Self.isEssential) {
                    Problem(.serviceUnavailable, .overloaded, retryAfter: 1).response(to: $0)
                },
                dependencies.access,
            ]
        let pipeline = Pipeline(middleware, router: router)
        handler = { await pipeline.respond(to: $0) }
    }

    /// What is answered under any load, since it tells how things stand: health and metrics.
    public static func isEssential(_ head: RequestHead) -> Bool {
        essentialPaths.contains { head.hasPath($0) }
    }

    private static let essentialPaths = ["/livez", "/readyz", "/api/health", "/api/ping", "/metrics", "/api/metrics"]

    /// Answers what could not be read as a request.
    public static func respond(to error: RequestError) -> Response {
        let id = RequestEnvelope.requestID(nil)
        var response = Problem(error).response(language: .russian, path: nil, requestID: id)
        RequestEnvelope.complete(&response, requestID: id)
        return response
    }
}
