import Domain
import HTTP
import HTTPServer
import JSON
import Telemetry

/// Metrics: this process's for Prometheus, and the jobs of a period, of all processes, for people.
struct MetricsRoutes: Sendable {
    let registry: MetricsRegistry
    let statistics: (any JobStatistics)?

    func add(to router: inout Router) {
        if registry.isEnabled { router.get("/metrics") { request in page(for: request) } }
        guard let statistics else { return }
        router.get("/api/metrics") { request in
            if registry.isEnabled, Self.isScrape(request) { return page(for: request) }
            do throws(Problem) {
                return try await Self.report(request, statistics)
            } catch {
                return error.response(to: request)
            }
        }
    }

    // MARK: This process

    private static let (plain, openMetrics, json) = (
        "text/plain", "application/openmetrics-text", "application/json"
    )

    private static let vary: HeaderFields = ["Vary": "Accept"]

    private func page(for request: Request) -> Response {
        let types = AcceptedTypes(request.head.values(of: "accept"))
        let wish = types.weight(naming: Self.openMetrics) ?? 0
        let format: MetricsFormat =
            wish > 0 && wish >= types.weight(naming: Self.plain) ?? 0 ? .openMetrics : .prometheus
        var response = Response(.ok, contentType: format.contentType, body: registry.page(format))
        response.head.fields.set(.cacheControl, "no-store")
        response.head.fields.add(Self.vary)
        return response
    }

    /// Whether the client names one of the text formats, and likes it better than JSON.
    private static func isScrape(_ request: Request) -> Bool {
        let types = AcceptedTypes(request.head.values(of: "accept"))
        let text = max(types.weight(naming: plain) ?? 0, types.weight(naming: openMetrics) ?? 0)
        return text > types.weight(naming: json) ?? 0
    }

    // MARK: The jobs of a period

    private static func report(
        _ request: Request, _ statistics: any JobStatistics
    ) async throws(Problem) -> Response {
        let name = request.head.queryValue("period") ?? StatisticsPeriod.day.rawValue
        guard let period = StatisticsPeriod(rawValue: name) else { throw Problem(unknownPeriod: ()) }
        let report: PeriodReport
        do throws(StoreError) {
            report = try await statistics.report(over: period)
        } catch {
            throw Problem(error)
        }
        var response = Response(.ok, contentType: json, body: body(report))
        response.head.fields.set(.cacheControl, "no-store")
        response.head.fields.add(vary)
        return response
    }

    private static func body(_ report: PeriodReport) -> [UInt8] {
        JSONWriter.object(capacity: 2048) { object in
            object.field("period", report.period.rawValue)
            object.field("from", report.start.rfc3339)
            object.field("to", report.end.rfc3339)
            write(report.total, to: &object)
            object.array("categories") { list in
                for (name, numbers) in report.categories.sorted(by: { $0.key < $1.key }) {
                    list.object { object in
                        object.field("category", name.isEmpty ? nil : name)
                        write(numbers, to: &object)
                    }
                }
            }
        }
    }

    private static func write(_ numbers: PeriodNumbers, to object: inout JSONObjectWriter) {
        object.field("total_requests", numbers.total)
        object.field("successful_requests", numbers.completed)
        object.field("failed_requests", numbers.failed)
        object.field("cancelled_requests", numbers.cancelled)
        object.field("avg_processing_time", numbers.meanSeconds)
        object.field("total_tokens_used", numbers.tokens.total)
        numbers.tokens.write(to: &object)
        object.object("feedback") { feedback in
            feedback.field("up", numbers.ratedUp)
            feedback.field("down", numbers.ratedDown)
        }
    }
}

extension Problem {
    /// A period that nobody has.
    fileprivate init(unknownPeriod: Void) {
        let names = StatisticsPeriod.allCases.map(\.rawValue).joined(separator: ", ")
        self.init(
            .unprocessableContent, .unknownPeriod(names),
            faults: [InputFault(["period"], .malformed, "must be one of: \(names)")])
        faultPlace = "query"
    }
}

extension Phrase {
    fileprivate static func unknownPeriod(_ names: String) -> Phrase {
        Phrase("Такого периода нет. Допустимые: \(names)", "There is no such period. Allowed are: \(names)")
    }
}
