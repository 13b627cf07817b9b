import API
import Domain
import EventLoop
import HTTP
import HTTPServer
import JSON
import Telemetry
import TestSupport
import Testing

/// The API behind a real server on a port of its own, with a store and health that the test holds in its hands.
final class TestAPI {
    let store: FakeJobStore
    /// The catalogue, the classifier and the feedback.
    let prompts = FakePrompts()
    /// Looks for changes only when the test says so.
    let catalogue: CatalogueCache
    let health: FakeHealth
    let desk = FakeJobDesk()
    let queueDesk = FakeQueueDesk()
    let logLevel = FakeLogLevel()
    let model = ScriptedModel()
    let names = ScriptedNames()
    let registry = MetricsRegistry()
    let statistics = FakeStatistics()
    let loop: EventLoop
    /// The keys that there are; seen by the API when a test refreshes `keys`.
    let keyStore = FakeAPIKeys()
    let keys: APIKeyCache
    /// What the API and others like it are granted of clients' limits.
    let ledger: FakeRateLedger
    /// How often the API has said that there is something to dispatch.
    let submissions: Lock<Int>
    let watch: LoopBound<JobWatch>
    /// Lets 100 jobs in until a test says how many there are.
    let queueLimit: QueueLimit
    /// Routes that nothing says who may call.
    let undeclaredRoutes: [String]
    let routes: [(method: String, pattern: String)]
    private let server: HTTPServer
    private let running: [Task<Void, any Error>]
    private var connections: [RawHTTPConnection] = []

    private init(
        on group: EventLoopGroup, origins: [String], bodyLimit: Int, requestsInFlight: Int, adminKey: String?,
        _ settings: AccessSettings, pages: Pages
    ) async throws {
        let loop = group.loops[0]
        let (store, health, submissions) = (FakeJobStore(), FakeHealth(), Lock(0))
        let logger = Logger(try LogSink(minimumLevel: .error, format: .text))
        let queueLimit = QueueLimit(100)
        let watch = LoopBound(JobWatch(on: loop, store: store, logger: logger), to: loop)
        let metrics = APIMetrics(registry, loops: 1)
        catalogue = CatalogueCache(prompts, logger: logger, metrics: metrics)
        try await catalogue.refresh()
        keys = APIKeyCache(keyStore, logger: logger)
        try await keys.refresh()
        ledger = settings.ledger
        let limiter = RateLimiter(on: loop, ledger: settings.ledger, logger: logger)
        let services = PromptServices(
            cache: catalogue, classifier: prompts, feedback: prompts)
        let api = API(
            API.Dependencies(
                store: store, prompts: services,
                access: AccessControl(
                    adminKey: adminKey, keys: keys, areKeysRequired: settings.areKeysRequired, limits: settings.limits,
                    limiter: limiter, proxies: settings.proxies),
                health: health, watches: [watch], queueLimit: queueLimit,
                onSubmit: { submissions.withLock { $0 += 1 } }, maximumRequestsInFlight: requestsInFlight,
                allowedOrigins: origins, version: "1.2.3", logger: logger, models: model, modelNames: names,
                modelReport: names, pages: pages,
                metrics: metrics, statistics: statistics, desk: desk, queueDesk: queueDesk, logLevel: logLevel))
        let address = try #require(SocketAddress(host: "127.0.0.1", port: 0))
        var configuration = ServerConfiguration(address: address)
        configuration.drainGrace = .zero
        configuration.limits.bodyBytes = bodyLimit
        configuration.respondToError = API.respond(to:)
        let server = try await HTTPServer.bind(on: group, configuration, handler: api.handler)
        routes = api.routes
        self.store = store
        self.health = health
        self.loop = loop
        self.submissions = submissions
        self.watch = watch
        self.queueLimit = queueLimit
        self.server = server
        running = [
            loop.spawn { await server.run() }, loop.spawn { await watch.value.run() },
            loop.spawn { await limiter.run(on: loop) },
        ]
        undeclaredRoutes = api.undeclaredRoutes.map { "\($0.method) \($0.pattern)" }
    }

    /// Runs `body` against a fresh API.
    static func with(
        origins: [String] = ["*"], bodyLimit: Int = 1 << 20, requestsInFlight: Int = 1000, adminKey: String? = nil,
        access: AccessSettings = AccessSettings(),
        pages: Pages = .sample, _ body: @escaping @Sendable (TestAPI) async throws -> Void
    ) async throws {
        try await onLoops(1) { group in
            let test = try await TestAPI(
                on: group, origins: origins, bodyLimit: bodyLimit, requestsInFlight: requestsInFlight,
                adminKey: adminKey, access, pages: pages)
            do {
                try await body(test)
                await test.stop()
            } catch {
                await test.stop()
                throw error
            }
        }
    }

    private func stop() async {
        connections.forEach { $0.close() }
        server.drain()
        _ = await running[0].result
        for task in running[1...] {
            task.cancel()
            _ = await task.result
        }
    }

    // MARK: Asking

    func connect() async throws -> RawHTTPConnection {
        let connection = try await RawHTTPConnection(to: server.address, on: loop)
        connections.append(connection)
        return connection
    }

    func ask(
        _ method: String, _ target: String, _ fields: [String] = [], body: String? = nil
    ) async throws -> RawHTTPResponse {
        let connection = try await connect()
        defer { connection.close() }
        return try await connection.exchange(method, target, fields, body: body)
    }

    func get(_ target: String, _ fields: [String] = []) async throws -> RawHTTPResponse {
        try await ask("GET", target, fields)
    }

    /// POST /api/ai/process.
    func process(_ body: String, _ fields: [String] = []) async throws -> RawHTTPResponse {
        try await ask("POST", "/api/ai/process", ["Content-Type: application/json"] + fields, body: body)
    }

    /// POST with a JSON text, in English.
    func post(_ target: String, _ body: String, _ fields: [String] = []) async throws -> RawHTTPResponse {
        try await ask(
            "POST", target, ["Content-Type: application/json", "Accept-Language: en"] + fields, body: body)
    }

    /// POST /v1/chat/completions.
    func chat(_ body: String, _ fields: [String] = []) async throws -> RawHTTPResponse {
        try await post("/v1/chat/completions", body, fields)
    }

    /// Submits a plain job and gives its id.
    func submit() async throws -> JobID {
        let answer = try await process(#"{"query_text":"q"}"#)
        return try #require(answer.json["request_id"]?.stringValue.flatMap { JobID($0) })
    }
}

extension RawHTTPResponse {
    /// The content as JSON; `null` when it is none.
    var json: JSONValue {
        do throws(JSONParseError) {
            return try JSONParser().parse(body)
        } catch {
            return .null
        }
    }

    /// Checks that this is an error in the form that all errors have.
    func expectProblem(_ status: Int, detail: String? = nil, instance: String? = nil) {
        #expect(self.status == status)
        #expect(self["content-type"] == "application/problem+json")
        #expect(json["type"]?.stringValue != nil)
        #expect(json["title"]?.stringValue?.isEmpty == false)
        #expect(json["status"]?.intValue == status)
        #expect(json["detail"]?.stringValue?.isEmpty == false)
        #expect(json["request_id"]?.stringValue == self["x-request-id"])
        if let detail { #expect(json["detail"]?.stringValue == detail) }
        if let instance { #expect(json["instance"]?.stringValue == instance) }
    }
}

extension JobID {
    /// A fixed id for a job that a test puts into the store.
    static let sample = JobID(high: 0x0190_a5b4_c3d2_7e1f, low: 0x8123_4567_89ab_cdef)
    static let sampleText = "0190a5b4-c3d2-7e1f-8123-456789abcdef"
}

extension JobOutput {
    /// An answer with a table and Cyrillic text.
    static let sample = JobOutput(
        table: [["Товар", "Сумма"], ["Чай \"A\"", 12.5], ["Σ", "=SUM(B2:B2)"], [.null, true]], message: "Готово",
        outputRange: "A12:B15", category: "analysis", tokens: TokenUsage(prompt: 10, completion: 8, precached: 4),
        model: "GigaChat-2", provider: "gigachat")
}
