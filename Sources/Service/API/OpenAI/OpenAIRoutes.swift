import Domain
import EventLoop
import HTTP
import HTTPServer
import JSON
import Telemetry

/// The routes that OpenAI's clients know: conversations, models, vectors.
struct OpenAIRoutes: Sendable {
    let models: any ChatModel
    /// How long one call may take, from waiting for a slot to the last piece.
    let timeout: Duration
    private let ids = RequestIDs()

    init(models: any ChatModel, timeout: Duration) {
        self.models = models
        self.timeout = timeout
    }

    func add(to router: inout Router) {
        router.post("/v1/chat/completions") { request in await answer(request, chat) }
        router.post("/v1/embeddings") { request in await answer(request, embeddings) }
        router.get("/v1/models") { request in await answer(request, list) }
        router.get("/v1/models/{model}") { request in await answer(request, model) }
        // Clients do not escape the slash of `provider/model`.
        router.get("/v1/models/{provider}/{model}") { request in await answer(request, model) }
    }

    private func answer(
        _ request: Request, _ handler: (Request) async throws(OpenAIError) -> Response
    ) async -> Response {
        do throws(OpenAIError) {
            return try await handler(request)
        } catch {
            return error.response(to: request)
        }
    }

    // MARK: Conversations

    private func chat(_ request: Request) async throws(OpenAIError) -> Response {
        let body = try await object(request)
        let order = try ChatRequestReader.read(body, model: chosenModel(request), context: context(request))
        return order.streams ? try await stream(request, order) : try await complete(request, order)
    }

    private func complete(_ request: Request, _ order: ChatOrder) async throws(OpenAIError) -> Response {
        let models = models
        let outcome = await request.whileClientIsThere { () -> Result<ChatResult, ModelFailure> in
            do throws(ModelFailure) {
                return .success(try await models.complete(order.request))
            } catch {
                return .failure(error)
            }
        }
        let result = try value(outcome)
        let body = ChatCompletion.body(
            result, id: newID(), created: Self.now(), usesFunctions: order.usesFunctions)
        return response(body, ChatSource(model: result.end.model, provider: result.end.provider))
    }

    /// Until the first piece is there an error is an ordinary response; from then on it is an event of the stream.
    private func stream(_ request: Request, _ order: ChatOrder) async throws(OpenAIError) -> Response {
        let (models, loop, language) = (models, request.loop, request.language)
        let outcome = await request.whileClientIsThere { () -> Result<LoopBound<OpenChatStream>, ModelFailure> in
            do throws(ModelFailure) {
                let stream = OpenChatStream(try await models.stream(order.request))
                return .success(LoopBound(stream, to: loop))
            } catch {
                return .failure(error)
            }
        }
        let open = try value(outcome)
        let source = open.value.stream.source
        let chunks = ChatChunks(
            order, id: newID(), created: Self.now(), model: source?.model ?? Self.name(of: order.request.target))
        var response = Response.eventStream { events in
            try await Self.send(open.value.stream, as: chunks, order, language, to: events)
        }
        if let source { Self.name(source, in: &response) }
        return response
    }

    private static func send(
        _ stream: any ChatStream, as chunks: ChatChunks, _ order: ChatOrder, _ language: Language,
        to events: EventStream
    ) async throws {
        defer { stream.close() }
        var chunks = chunks
        do {
            try await events.send(line: chunks.first())
            while let event = try await stream.next() { try await events.send(line: chunks.piece(event)) }
        } catch let failure as ModelFailure {
            try await events.send(line: OpenAIError(failure).body(language: language))
            return
        }
        guard let end = stream.end else {
            let failure = ModelFailure(.malformed, "the answer ended without saying so")
            return try await events.send(line: OpenAIError(failure).body(language: language))
        }
        try await events.send(line: chunks.last(end.reason))
        if order.includesUsage { try await events.send(line: chunks.usage(end.tokens)) }
        try await events.send(line: Array("[DONE]".utf8))
    }

    // MARK: Vectors and models

    private func embeddings(_ request: Request) async throws(OpenAIError) -> Response {
        let body = try await object(request)
        let order = try EmbeddingOrder.read(body, model: chosenModel(request), context: context(request))
        let models = models
        let outcome = await request.whileClientIsThere { () -> Result<EmbeddingResult, ModelFailure> in
            do throws(ModelFailure) {
                return .success(try await models.embed(order.request))
            } catch {
                return .failure(error)
            }
        }
        let result = try value(outcome)
        return response(
            EmbeddingList.body(result, isBase64: order.isBase64),
            ChatSource(model: result.model, provider: result.provider))
    }

    private func list(_ request: Request) async throws(OpenAIError) -> Response {
        Response(.ok, contentType: "application/json", body: await listing(request).body())
    }

    private func model(_ request: Request) async throws(OpenAIError) -> Response {
        let id = [request.parameters["provider"], request.parameters["model"]].compactMap(\.self)
            .joined(separator: "/")
        guard let body = await listing(request).body(of: id) else {
            throw OpenAIError(ModelFailure(.notFound, "no such model"))
        }
        return Response(.ok, contentType: "application/json", body: body)
    }

    private func listing(_ request: Request) async -> ModelList {
        let models = models
        return ModelList(await request.whileClientIsThere { await models.models() })
    }

    // MARK: Requests and responses

    private func object(_ request: Request) async throws(OpenAIError) -> JSONObject {
        do throws(Problem) {
            return try await request.jsonObject().object
        } catch {
            throw OpenAIError(error)
        }
    }

    private func chosenModel(_ request: Request) throws(OpenAIError) -> String? {
        guard let name = request.head.first("x-gigaoffice-model") else { return nil }
        guard name.utf8.count <= ChatLimits.nameBytes else {
            throw OpenAIError(
                .badRequest, .invalidRequest, .atMostBytes(ChatLimits.nameBytes), param: "X-GigaOffice-Model")
        }
        return name
    }

    private func context(_ request: Request) -> CallContext {
        CallContext(
            requestID: request.id, client: request.caller.client, timeBudget: timeout,
            trace: request.traceContext)
    }

    private func value<Value>(_ outcome: Result<Value, ModelFailure>) throws(OpenAIError) -> Value {
        switch outcome {
        case .success(let value): return value
        case .failure(let failure): throw OpenAIError(failure)
        }
    }

    private func response(_ body: [UInt8], _ source: ChatSource) -> Response {
        var response = Response(.ok, contentType: "application/json", body: body)
        Self.name(source, in: &response)
        return response
    }

    private func newID() -> String { "chatcmpl-" + ids.next() }

    private static let modelField: FieldName = "X-GigaOffice-Model"
    private static let providerField: FieldName = "X-GigaOffice-Provider"

    private static func name(_ source: ChatSource, in response: inout Response) {
        response.head.fields.set(providerField, source.provider)
        response.head.fields.set(modelField, source.model)
    }

    /// What the client called it, as long as nobody knows better.
    private static func name(of target: ModelTarget) -> String {
        if case .named(let name, _) = target { name } else { ModelName.routed }
    }

    /// Seconds since 1970.
    private static func now() -> Int { Int(WallTime.now.seconds) }
}
