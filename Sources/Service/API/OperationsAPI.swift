import HTTP
public import HTTPServer
public import Telemetry

/// The HTTP face of a process that does jobs and answers no clients: metrics and health, and the log's level.
public struct OperationsAPI: Sendable {
    /// Answers every request.
    public let handler: RequestHandler

    /// Puts routes and middleware together. Metrics and health are for everybody who reaches the process, what is for
    /// administrators is for those whom `access` knows.
    public init(
        health: any HealthSource, metrics: APIMetrics, access: AccessControl, logLevel: any LogLevelControl,
        version: String, logger: Logger
    ) {
        var router = Router()
        router.notFound = { Problem(.notFound, .pathNotFound).response(to: $0) }
        router.methodNotAllowed = { Problem(.methodNotAllowed, .methodNotAllowed).response(to: $0) }
        router.notImplemented = { Problem(.notImplemented, .methodNotImplemented).response(to: $0) }
        HealthRoutes(health: health, version: version).add(to: &router)
        MetricsRoutes(registry: metrics.registry, statistics: nil).add(to: &router)
        LogLevelRoutes(control: logLevel).add(to: &router)
        router.guardRoutes { method, pattern in
            RouteAccess.of(method, pattern) == .administrators ? access.gate(method, pattern) : nil
        }
        let pipeline = Pipeline([RequestEnvelope(logger: logger), Compression()], router: router)
        handler = { await pipeline.respond(to: $0) }
    }
}
