public import Domain
import EventLoop
import HTTPClient
import JSON
public import Telemetry

/// A provider that speaks OpenAI's form over HTTP, or one near to it, as its profile says. Makes one call for each that
/// it is asked for, and one more when its token of access was refused and another one can be had.
public struct ChatEngine: ModelProvider {
    let profile: ProviderProfile
    private let baseURL: String
    private let clients: LoopClients
    private let tokens: any TokenSource
    private let caFile: String?
    private let logger: Logger
    private let logsPrompts: Bool

    /// A provider at `baseURL`, with or without a slash at its end. `caFile` is what `clients` trust, to be named when
    /// the trust is missing. With `logsPrompts` questions go to the log.
    public init(
        _ profile: ProviderProfile, baseURL: String, clients: LoopClients, tokens: any TokenSource, caFile: String?,
        logger: Logger, logsPrompts: Bool
    ) {
        self.profile = profile
        self.baseURL = Self.trimmed(baseURL)
        self.clients = clients
        self.tokens = tokens
        self.caFile = caFile
        self.logger = logger
        self.logsPrompts = logsPrompts
    }

    /// The profile's name.
    public var name: String { profile.name }

    /// What the profile says.
    public var capabilities: ModelDescription.Capabilities { profile.capabilities }

    /// Asks and returns the whole answer.
    public func complete(
        _ request: ChatRequest, model: String, budget: Duration
    ) async throws(ModelFailure) -> ChatResult {
        let deadline = MonotonicTime.now + budget
        let response = try await whole(call(request, model: model, streams: false, deadline))
        do throws(AnswerFault) {
            var result = try AnswerReader.chat(AnswerReader.value(response.body), provider: name, asked: model)
            result.end.upstreamRequestID = ErrorReading.requestID(response.headers)
            return result
        } catch {
            throw reading.failure(error, head: response.head)
        }
    }

    /// Asks and returns once the answer has begun.
    public func stream(
        _ request: ChatRequest, model: String, budget: Duration
    ) async throws(ModelFailure) -> any ChatStream {
        let deadline = MonotonicTime.now + budget
        let call = try call(request, model: model, streams: true, deadline)
        let stream = try await authorised(call) { request throws(ModelFailure) in try await open(request) }
        let source = ChatSource(model: model, provider: name)
        return EngineStream(stream, source: source, reading: reading)
    }

    /// Turns texts into vectors.
    public func embed(
        _ request: EmbeddingRequest, model: String, budget: Duration
    ) async throws(ModelFailure) -> EmbeddingResult {
        let body = JSONWriter.object(capacity: 1024) { object in
            object.field("model", model)
            object.array("input") { inputs in
                for text in request.inputs { inputs.element(text) }
            }
        }
        let call = WireCall(
            method: "POST", path: profile.embeddingsPath, body: body, context: request.context, deadline: .now + budget)
        return try await value(call) { body throws(AnswerFault) in
            try AnswerReader.embeddings(body, count: request.inputs.count, provider: name, asked: model)
        }
    }

    /// The models that the profile lets into the listing.
    public func models(budget: Duration) async throws(ModelFailure) -> [ModelDescription] {
        if let fixed = profile.fixedModels {
            return fixed.map { ModelDescription(provider: name, id: $0, capabilities: capabilities) }
        }
        let call = WireCall(method: "GET", path: profile.modelsPath, deadline: .now + budget)
        return try await value(call) { body throws(AnswerFault) in
            guard let list = body["data"]?.arrayValue else { throw .malformed("the listing has no data") }
            return list.compactMap(description)
        }
    }

    /// Makes a call and reads its whole answer.
    func value<Value>(
        _ call: WireCall, _ read: (JSONValue) throws(AnswerFault) -> Value
    ) async throws(ModelFailure) -> Value {
        let response = try await whole(call)
        do throws(AnswerFault) {
            return try read(AnswerReader.value(response.body))
        } catch {
            throw reading.failure(error, head: response.head)
        }
    }

    /// What the token's source knows.
    public func standing() -> ProviderStanding { tokens.standing() }

    private func description(_ model: JSONValue) -> ModelDescription? {
        guard let id = model["id"]?.stringValue, let abilities = profile.abilities(model) else { return nil }
        let prefix = profile.listedPrefix
        return ModelDescription(
            provider: name, id: id.hasPrefix(prefix) ? String(id.dropFirst(prefix.count)) : id,
            owner: model["owned_by"]?.stringValue, capabilities: abilities)
    }

    // MARK: Calls

    private func call(
        _ request: ChatRequest, model: String, streams: Bool, _ deadline: MonotonicTime
    ) throws(ModelFailure) -> WireCall {
        let body: [UInt8]
        do throws(ModelFailure) {
            body = try profile.body(request, model, streams)
        } catch {
            var failure = error
            failure.provider = name
            throw failure
        }
        if logsPrompts {
            logger.info(
                "model prompt",
                ["request": .text(request.context.requestID), "body": .text(String(decoding: body, as: UTF8.self))])
        }
        return WireCall(
            method: "POST", path: profile.chatPath, body: body, streams: streams, context: request.context,
            deadline: deadline)
    }

    private func whole(_ call: WireCall) async throws(ModelFailure) -> ClientResponse {
        try await authorised(call) { request throws(ModelFailure) in
            let response: ClientResponse
            do throws(HTTPClientError) {
                response = try await clients.current.send(request)
            } catch {
                throw reading.failure(error)
            }
            guard (200..<300).contains(response.status) else {
                throw reading.failure(status: response.status, headers: response.headers, body: response.body)
            }
            return response
        }
    }

    /// A refusal has a body that says why; it is read before it becomes a failure.
    private func open(_ request: ClientRequest) async throws(ModelFailure) -> ClientStream {
        let stream: ClientStream
        var body: [UInt8] = []
        do throws(HTTPClientError) {
            stream = try await clients.current.open(request)
            if (200..<300).contains(stream.head.status) { return stream }
            while body.count < Self.maximumErrorBytes, let piece = try await stream.next() { body += piece }
        } catch {
            throw reading.failure(error)
        }
        stream.close()
        throw reading.failure(status: stream.head.status, headers: stream.head.headers, body: body)
    }

    private static let maximumErrorBytes = 64 << 10

    /// Calls with a token, and with another one when the first was refused and there is another one.
    private func authorised<Answer>(
        _ call: WireCall, _ attempt: (ClientRequest) async throws(ModelFailure) -> Answer
    ) async throws(ModelFailure) -> Answer {
        let token = try await tokens.token(budget: try left(call))
        do throws(ModelFailure) {
            return try await attempt(request(call, token))
        } catch {
            guard profile.refusesToken(error), tokens.invalidate(token) else { throw error }
        }
        let other = try await tokens.token(budget: try left(call))
        return try await attempt(request(call, other))
    }

    private func left(_ call: WireCall) throws(ModelFailure) -> Duration {
        let left = call.deadline - .now
        guard left > .zero else { throw ModelFailure(.timeout, "no time is left for the call", provider: name) }
        return left
    }

    private func request(_ call: WireCall, _ token: AccessToken?) throws(ModelFailure) -> ClientRequest {
        var headers = profile.headers
        headers.append("Accept", call.streams ? "text/event-stream" : "application/json")
        if call.streams { headers.append("Cache-Control", "no-store") }
        if !call.body.isEmpty { headers.append("Content-Type", "application/json") }
        if let token { headers.append("Authorization", "Bearer \(token.value)") }
        if let context = call.context {
            headers.append("X-Request-ID", context.requestID)
            if let trace = context.trace { headers.append("traceparent", trace.traceparent) }
            if let field = profile.sessionHeader, let session = context.session { headers.append(field, session) }
        }
        let address = (token?.baseURL).map(Self.trimmed) ?? baseURL
        return ClientRequest(
            call.method, address + call.path, headers: headers, body: call.body, timeout: try left(call))
    }

    private var reading: ErrorReading {
        ErrorReading(provider: name, secrets: tokens.secrets(), caFile: caFile)
    }

    private static func trimmed(_ address: String) -> String {
        address.hasSuffix("/") ? String(address.dropLast()) : address
    }
}
