import Domain
import HTTP
import HTTPServer
import JSON
import Telemetry

/// What people think of answers.
struct FeedbackRoutes: StoreRoutes, Sendable {
    let store: any FeedbackStore
    /// By category and opinion.
    let given: MetricFamily<Counter>

    func add(to router: inout Router) {
        for path in ["/api/ai/response", "/api/v1/feedback"] {
            router.post(path) { request in
                do throws(Problem) {
                    return try await add(request)
                } catch {
                    return error.response(to: request)
                }
            }
        }
    }

    private func add(_ request: Request) async throws(Problem) -> Response {
        let draft: FeedbackDraft
        switch FeedbackDraft.read(try await request.jsonObject().object) {
        case .success(let value): draft = value
        case .failure(let faults): throw Problem(.unprocessableContent, .invalidFields, faults: faults.list)
        }
        let viewer = request.caller.viewer
        guard let job = JobID(draft.job),
            let feedback = try await asking({ () throws(StoreError) in
                try await store.add(draft, to: job, for: viewer)
            })
        else { throw Problem(.notFound, .feedbackJobNotFound) }
        given.with(feedback.category ?? "none", draft.rating.map { $0 ? "up" : "down" } ?? "none").add()
        let body = JSONWriter.object { object in
            object.field("id", feedback.id)
            object.field("ai_request_id", feedback.job.description)
            object.field("text_response", feedback.draft.text)
            object.field("rating", feedback.draft.rating)
            object.field("comment", feedback.draft.comment)
            object.field("created_at", feedback.createdAt.rfc3339)
        }
        return Response(.created, contentType: "application/json", body: body)
    }
}
