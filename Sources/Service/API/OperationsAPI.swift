import HTTP
public import HTTPServer
public import Telemetry

/// The HTTP face of a process that does jobs and answers no clients: metrics and health.
public struct OperationsAPI: Sendable {
    /// Answers every request.
    public let handler: RequestHandler

    /// Puts routes and middleware together.
    public init(health: any HealthSource, metrics: APIMetrics, version: String, logger: Logger) {
        var router = Router()
        router.notFound = { Problem(.notFound, .pathNotFound).response(to: $0) }
        router.methodNotAllowed = { Problem(.methodNotAllowed, .methodNotAllowed).response(to: $0) }
        router.notImplemented = { Problem(.notImplemented, .methodNotImplemented).response(to: $0) }
        HealthRoutes(health: health, version: version).add(to: &router)
        MetricsRoutes(registry: metrics.registry, statistics: nil).add(to: &router)
        let pipeline = Pipeline([RequestEnvelope(logger: logger), Compression()], router: router)
        handler = { await pipeline.respond(to: $0) }
    }
}
