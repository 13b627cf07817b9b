import Domain
import HTTP
import HTTPServer
import JSON

/// Tells operators which models there are and who is asked.
struct ModelRoutes: Sendable {
    let source: any ModelReportSource

    func add(to router: inout Router) {
        router.get("/api/models") { _ in Self.response(await source.modelReport()) }
    }

    private static func response(_ report: ModelReport) -> Response {
        let body = JSONWriter.object(capacity: 4096) { report.write(to: &$0) }
        var response = Response(.ok, contentType: "application/json", body: body)
        response.head.fields.set(.cacheControl, "no-store")
        return response
    }
}
