import Domain
import HTTP
import HTTPServer
import JSON
import Telemetry

/// Health for people, load balancers and orchestrators. None of them waits for anything.
struct HealthRoutes: Sendable {
    let health: any HealthSource
    let version: String

    private static let alive = Response(.ok, text: "ok\n")

    func add(to router: inout Router) {
        router.get("/api/health") { _ in health(health.report()) }
        router.get("/api/ping") { _ in ping() }
        router.get("/livez") { _ in Self.alive }
        router.get("/readyz") { _ in ready() }
        router.get("/robots.txt") { _ in robots() }
    }

    private func health(_ report: HealthReport) -> Response {
        let body = JSONWriter.object(capacity: 1024) { object in
            object.field("status", report.status)
            object.field("timestamp", WallTime.now.rfc3339)
            object.field("version", version)
            object.field("uptime", report.uptimeSeconds)
            object.field("database", report.database.isUp)
            object.field("gigachat", report.model.isUp)
            object.field("kafka", report.kafka.isUp)
            object.field("active_requests", report.load?.processing ?? 0)
            object.field("queue_size", report.load?.queued ?? 0)
            object.field("memory_usage", report.memoryMebibytes)
            object.field("cpu_usage", report.cpuPercent)
            object.object("components") { components in
                for component in [report.database, report.kafka, report.model] {
                    components.object(component.name) { write(component, to: &$0) }
                }
            }
        }
        var response = Response(
            report.database.isUp ? .ok : .serviceUnavailable, contentType: "application/json", body: body)
        response.head.fields.set(.cacheControl, "no-store")
        return response
    }

    private func write(_ component: HealthReport.Component, to object: inout JSONObjectWriter) {
        object.field("status", component.isUp ? "up" : "down")
        object.field("latency_ms", component.latencyMilliseconds)
        object.field("detail", ifPresent: component.detail)
    }

    private func ping() -> Response {
        Response(
            .ok, contentType: "application/json",
            body: JSONWriter.object { object in
                object.field("status", "pong")
                object.field("version", version)
                object.field("timestamp", WallTime.now.rfc3339)
            })
    }

    /// Ready means: a request would be taken and its job would be kept.
    private func ready() -> Response {
        guard health.isAccepting else { return notReady("draining\n") }
        guard health.report().database.isUp else { return notReady("the database does not answer\n") }
        return Response(.ok, text: "ready\n")
    }

    private func notReady(_ text: String) -> Response {
        var response = Response(.serviceUnavailable, text: text)
        response.head.fields.set(.retryAfter, "1")
        return response
    }

    private func robots() -> Response {
        var response = Response(.ok, text: "User-agent: *\nDisallow: /\n")
        response.head.fields.set(.cacheControl, "public, max-age=86400")
        return response
    }
}
