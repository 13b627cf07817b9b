import Domain
import HTTP
import HTTPServer
import JSON
import Telemetry

/// Looking at the log's level and changing it, in this process alone.
struct LogLevelRoutes: OperatorAnswers, Sendable {
    let control: any LogLevelControl

    func add(to router: inout Router) {
        router.get("/api/admin/log-level") { request in await answer(request, show) }
        router.on(.put, "/api/admin/log-level") { request in await answer(request, change) }
    }

    @Sendable private func show(_ request: Request) async throws(Problem) -> Response {
        json { object in
            object.field("level", control.level.name)
            object.field("configured", control.configured.name)
            object.array("levels") { list in for level in LogLevel.allCases { list.element(level.name) } }
            object.field("process", control.process)
            object.field("applies_to", Phrase.logLevelReach.text(in: request.language))
        }
    }

    @Sendable private func change(_ request: Request) async throws(Problem) -> Response {
        control.level = try level(try await request.jsonObject().object)
        return try await show(request)
    }

    private func level(_ object: JSONObject) throws(Problem) -> LogLevel {
        let names = LogLevel.allCases.map(\.name)
        let fault: InputFault
        switch object["level"] {
        case nil: fault = InputFault(["level"], .missing, "field required")
        case .string(let text)?:
            if names.contains(text), let level = LogLevel(name: text) { return level }
            fault = InputFault(["level"], .malformed, "must be one of \(names.joined(separator: ", "))")
        case let value?: fault = InputFault(["level"], .wrongType, "must be a string, not \(value.kindName)")
        }
        throw Problem(.unprocessableContent, .invalidFields, faults: [fault])
    }
}
