import Domain
import HTTP
import HTTPServer
import JSON

/// What the operators' routes have in common.
protocol OperatorAnswers: StoreRoutes {}

extension OperatorAnswers {
    /// What operators get may hold what people wrote, or a secret: nobody on the way keeps it.
    func answer(
        _ request: Request, _ handler: @Sendable (Request) async throws(Problem) -> Response
    ) async -> Response {
        var response: Response
        do throws(Problem) {
            response = try await handler(request)
        } catch {
            response = error.response(to: request)
        }
        response.head.fields.set(.cacheControl, "no-store")
        return response
    }

    func json(_ status: Status = .ok, _ body: (inout JSONObjectWriter) -> Void) -> Response {
        Response(status, contentType: "application/json", body: JSONWriter.object(capacity: 4_096, body))
    }

    /// What the client sent, if nothing was wrong with it.
    func draft<Value>(_ read: Result<Value, InputFaults>) throws(Problem) -> Value {
        switch read {
        case .success(let draft): return draft
        case .failure(let faults): throw Problem(.unprocessableContent, .invalidFields, faults: faults.list)
        }
    }
}
