import Domain
import EventLoop
import HTTP
import HTTPServer
import Hashing
import JSON
import Telemetry

/// Submitting a job, asking for its status and its result, cancelling it. A class, since its handlers hold it.
final class JobRoutes: StoreRoutes, Sendable {
    let store: any JobStore
    /// One watch a loop, by the loop's index.
    let watches: [LoopBound<JobWatch>]
    /// How many jobs may be unfinished.
    let queueLimit: QueueLimit
    /// Which models may be named; nil for none.
    let modelNames: (any ModelNames)?
    /// Hears the text of every task that is accepted.
    let onQuery: @Sendable (String) -> Void
    /// Called after something to dispatch has become durable: a job, or the news of its cancelling.
    let onSubmit: @Sendable () -> Void
    /// Counts the jobs that clients cancel.
    let cancelled: Counter
    private let reader = JobInputReader(queryField: "query_text")
    private let ids = JobIDs()

    init(
        store: any JobStore, watches: [LoopBound<JobWatch>], queueLimit: QueueLimit,
        modelNames: (any ModelNames)?, onQuery: @escaping @Sendable (String) -> Void,
        onSubmit: @escaping @Sendable () -> Void, cancelled: Counter
    ) {
        self.store = store
        self.watches = watches
        self.queueLimit = queueLimit
        self.modelNames = modelNames
        self.onQuery = onQuery
        self.onSubmit = onSubmit
        self.cancelled = cancelled
    }

    func add(to router: inout Router) {
        router.post("/api/ai/process") { request in await self.answer(request, self.submit) }
        router.get("/api/ai/status/{request_id}") { request in await self.answer(request, self.status) }
        router.get("/api/ai/result/{request_id}") { request in await self.answer(request, self.result) }
        router.on(.delete, "/api/ai/requests/{request_id}") { request in await self.answer(request, self.cancel) }
    }

    private func answer(
        _ request: Request, _ handler: (Request) async throws(Problem) -> Response
    ) async -> Response {
        do throws(Problem) {
            return try await handler(request)
        } catch {
            return error.response(to: request)
        }
    }

    // MARK: Submitting

    private func submit(_ request: Request) async throws(Problem) -> Response {
        let id = try await accept(request)
        // What waits holds nothing of its content.
        request.body.release()
        if let seconds = Preference.wait(request.head.values(of: "prefer")) {
            await wait(request, for: id, knownState: nil, seconds)
            if let ended = await endIfKnown(id) {
                var response = JobResponse.result(ended, language: request.language)
                response.head.fields.set("Preference-Applied", "wait=\(seconds)")
                response.head.fields.set("Content-Location", "/api/ai/result/\(id)")
                return response
            }
        }
        return JobResponse.accepted(id, language: request.language)
    }

    private func accept(_ request: Request) async throws(Problem) -> JobID {
        var (input, key) = try await read(request)
        input.model = try await wishedModel(request)
        return try await store(input, of: request, key)
    }

    /// The job without its model, and the key of its submission. A function of its own, so that while the job is being
    /// stored neither the content nor its values are still there.
    private func read(_ request: Request) async throws(Problem) -> (input: JobInput, key: IdempotencyKey?) {
        let (object, bytes) = try await request.jsonObject()
        switch reader.read(object) {
        case .success(let input): return (input, try idempotencyKey(request, bytes))
        case .failure(let faults): throw Problem(.unprocessableContent, .invalidFields, faults: faults.list)
        }
    }

    private func store(
        _ input: JobInput, of request: Request, _ key: IdempotencyKey?
    ) async throws(Problem) -> JobID {
        let client = request.caller.client
        guard queueLimit.admit() else { return try await earlier(key) }
        var isAccepted = false
        defer { if isAccepted { queueLimit.settle() } else { queueLimit.withdraw() } }
        let id = ids.next()
        var input = input
        input.trace = request.traceContext(for: id)
        switch try await submit(id, input, client, key) {
        case .accepted(let id):
            isAccepted = true
            onQuery(input.query)
            onSubmit()
            return id
        case .repeated(let earlier): return earlier
        case .keyReused: throw Problem(.unprocessableContent, .idempotencyKeyReused)
        }
    }

    /// The job of an earlier submission, which needs no place in a queue that is full.
    private func earlier(_ key: IdempotencyKey?) async throws(Problem) -> JobID {
        let submission = try await asking { () throws(StoreError) in
            guard let key else { return nil as Submission? }
            return try await self.store.earlierSubmission(with: key)
        }
        switch submission {
        case .accepted(let id), .repeated(let id): return id
        case .keyReused: throw Problem(.unprocessableContent, .idempotencyKeyReused)
        case nil: throw Problem(queueIsFull: queueLimit.maximum)
        }
    }

    private func submit(
        _ id: JobID, _ input: JobInput, _ client: String, _ key: IdempotencyKey?
    ) async throws(Problem) -> Submission {
        do throws(StoreError) {
            return try await store.submit(id, input, client: client, key: key)
        } catch .inDoubt {
            return try await settle(id, input, client, key)
        } catch {
            throw Problem(error)
        }
    }

    /// The connection broke after the job was sent. A 503 for a job that is there would make the client submit it
    /// twice, and a job that is not seen may be about to be committed; so it is sent again under its id, which the
    /// database takes once: that waits for a first try that is still under way.
    private func settle(
        _ id: JobID, _ input: JobInput, _ client: String, _ key: IdempotencyKey?
    ) async throws(Problem) -> Submission {
        for _ in 0..<5 {
            do throws(StoreError) {
                if try await store.states(of: [id])[id] != nil { return .accepted(id) }
                return try await store.submit(id, input, client: client, key: key)
            } catch {
                // Each attempt waits up to a second for a connection by itself; what is refused now may be there.
                continue
            }
        }
        throw Problem(.serviceUnavailable, .submissionInDoubt(id), retryAfter: 1)
    }

    /// The job is durable: that its end cannot be looked up now is no reason to call the submission a failure.
    private func endIfKnown(_ id: JobID) async -> JobResult? {
        do throws(Problem) {
            guard let result = try await find(id, .administrator), !result.isUnfinished else { return nil }
            return result
        } catch {
            return nil
        }
    }

    private func idempotencyKey(
        _ request: Request, _ bytes: [UInt8]
    ) throws(Problem) -> IdempotencyKey? {
        guard let sent = request.head.first("idempotency-key") else { return nil }
        // The draft writes the key as a quoted string; most clients leave the quotes out.
        let isQuoted = sent.count >= 2 && sent.hasPrefix("\"") && sent.hasSuffix("\"")
        let text = isQuoted ? String(sent.dropFirst().dropLast()) : sent
        let payload = bytes + (wishedName(request).map { Array($0.utf8) } ?? [])
        let digest = SHA256.hash(payload).bytes
        guard let key = IdempotencyKey(client: request.caller.client, key: text, fingerprint: digest) else {
            throw Problem(.badRequest, .badIdempotencyKey)
        }
        return key
    }

    // MARK: Asking

    private func status(_ request: Request) async throws(Problem) -> Response {
        let (id, viewer) = (try jobID(request), request.caller.viewer)
        guard var status = try await findStatus(id, viewer) else { throw Problem(.notFound, .requestNotFound) }
        var waited: Int?
        if let seconds = Preference.wait(request.head.values(of: "prefer")), !status.state.isFinal {
            await wait(request, for: id, knownState: status.state, seconds)
            status = try await findStatus(id, viewer) ?? status
            waited = seconds
        }
        var response = JobResponse.status(status, language: request.language)
        if let waited { response.head.fields.set("Preference-Applied", "wait=\(waited)") }
        return response.conditional(on: request)
    }

    private func result(_ request: Request) async throws(Problem) -> Response {
        let (id, viewer) = (try jobID(request), request.caller.viewer)
        guard var result = try await find(id, viewer) else { throw Problem(.notFound, .requestNotFound) }
        var waited: Int?
        if let seconds = Preference.wait(request.head.values(of: "prefer")), result.isUnfinished {
            await wait(request, for: id, knownState: nil, seconds)
            result = try await find(id, viewer) ?? result
            waited = seconds
        }
        var response = JobResponse.result(result, language: request.language)
        if let waited { response.head.fields.set("Preference-Applied", "wait=\(waited)") }
        return response.conditional(on: request)
    }

    // MARK: Cancelling

    /// A job that is cancelled already is answered like one that is cancelled now: the client has what it wants.
    private func cancel(_ request: Request) async throws(Problem) -> Response {
        let id = try jobID(request)
        // A job's client never changes: who sees the job now may cancel it.
        guard try await findStatus(id, request.caller.viewer) != nil else { throw Problem(.notFound, .requestNotFound) }
        let cancellation = try await asking { () throws(StoreError) in try await self.store.cancel(id) }
        guard let cancellation else { throw Problem(.notFound, .requestNotFound) }
        let standing = cancellation.status
        guard standing.state == .cancelled else { throw Problem(.conflict, .alreadyEnded(standing.state)) }
        if cancellation.isNew { cancelled.add() }
        onSubmit()
        return JobResponse.status(standing, language: request.language)
    }

    private func find(_ id: JobID, _ viewer: JobViewer) async throws(Problem) -> JobResult? {
        try await asking { () throws(StoreError) in try await self.store.result(of: id, for: viewer) }
    }

    private func findStatus(_ id: JobID, _ viewer: JobViewer) async throws(Problem) -> JobStatus? {
        try await asking { () throws(StoreError) in try await self.store.status(of: id, for: viewer) }
    }

    /// Waits as long as the client does: one that has hung up holds nothing.
    private func wait(_ request: Request, for id: JobID, knownState known: JobState?, _ seconds: Int) async {
        let watch = watches[request.loop.index]
        await watch.value.wait(for: id, knownState: known, atMost: .seconds(seconds)) { request.whenClientHangsUp($0) }
    }
}

extension JobResult {
    var isUnfinished: Bool {
        if case .unfinished = self { true } else { false }
    }
}
