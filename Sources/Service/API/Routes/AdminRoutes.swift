import Domain
import HTTP
import HTTPServer
import JSON
import Telemetry

/// What operators see and do, beside managing prompts.
struct AdminRoutes: OperatorAnswers, Sendable {
    let desk: any JobDesk
    let store: any JobStore
    /// Counts the jobs that operators cancel.
    let cancelled: Counter
    /// Called after something to dispatch has become durable.
    let onChange: @Sendable () -> Void

    /// A quarter of an hour; the numbers are bounded, so that no glance costs more than some milliseconds.
    private static let frame = OverviewJSON.Frame(steps: 60, stepSeconds: 15, examined: 20_000)
    private static let listed = 1...200

    func add(to router: inout Router) {
        router.get("/api/admin/overview") { request in await answer(request, overview) }
        router.get("/api/admin/jobs") { request in await answer(request, list) }
        router.get("/api/admin/jobs/{request_id}") { request in await answer(request, show) }
        router.post("/api/admin/jobs/{request_id}/retry") { request in await answer(request, retry) }
        router.post("/api/admin/jobs/{request_id}/cancel") { request in await answer(request, cancel) }
    }

    // MARK: Seeing

    @Sendable private func overview(_ request: Request) async throws(Problem) -> Response {
        let frame = Self.frame
        let overview = try await asking { () throws(StoreError) in
            try await desk.overview(
                steps: frame.steps, of: .seconds(frame.stepSeconds), examined: frame.examined)
        }
        return Response(.ok, contentType: "application/json", body: OverviewJSON.body(overview, frame, at: .now))
    }

    @Sendable private func list(_ request: Request) async throws(Problem) -> Response {
        let filter = try filter(request.head)
        let records = try await asking { () throws(StoreError) in try await desk.list(filter) }
        return json { object in
            object.field("examined", filter.examined)
            object.array("jobs") { list in
                for record in records { list.object { JobRecordJSON.write(record, to: &$0) } }
            }
        }
    }

    private func filter(_ head: RequestHead) throws(Problem) -> JobFilter {
        var query = QueryReader(head)
        var filter = JobFilter(limit: 50, examined: Self.frame.examined)
        filter.client = query.text("client")
        filter.state = query.value("state", "there is no such state") { JobState(rawValue: $0) }
        filter.before = query.value("before", "must be a job's id") { JobID($0) }
        filter.limit = query.number("limit", in: Self.listed, else: filter.limit)
        try query.check()
        return filter
    }

    @Sendable private func show(_ request: Request) async throws(Problem) -> Response {
        let id = try jobID(request)
        let record = try await asking { () throws(StoreError) in try await desk.record(of: id) }
        guard let record else { throw Problem(.notFound, .requestNotFound) }
        return json { JobRecordJSON.write(record, to: &$0) }
    }

    // MARK: Doing

    @Sendable private func retry(_ request: Request) async throws(Problem) -> Response {
        let id = try jobID(request)
        switch try await asking({ () throws(StoreError) in try await desk.requeue(id) }) {
        case .unknown: throw Problem(.notFound, .requestNotFound)
        case .refused(let state): throw Problem(.conflict, .cannotRetry(state))
        case .queued:
            onChange()
            return try await show(request)
        }
    }

    @Sendable private func cancel(_ request: Request) async throws(Problem) -> Response {
        let id = try jobID(request)
        let cancellation = try await asking { () throws(StoreError) in try await store.cancel(id) }
        guard let cancellation else { throw Problem(.notFound, .requestNotFound) }
        let state = cancellation.status.state
        guard state == .cancelled else { throw Problem(.conflict, .alreadyEnded(state)) }
        if cancellation.isNew { cancelled.add() }
        onChange()
        return try await show(request)
    }
}
