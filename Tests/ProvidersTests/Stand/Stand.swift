import Domain
import EventLoop
import FakeProviders
import HTTPClient
import JSON
import Telemetry
import TestSupport

@testable import Providers

/// A provider, GigaChat's unless said otherwise, made as the program makes it, and the fake that it talks to, all on
/// one loop.
final class Stand {
    /// How fake and provider are set up.
    struct Plan: Sendable {
        /// How the fake behaves.
        var settings = FakeSettings()
        /// The provider's.
        var profile = ProviderProfile.gigachat()
        /// Whom the provider trusts and who it is.
        var tls = ClientTLS()
        /// The provider's authorization key, or its API key; nil: the one that the fake takes.
        var key: String?
        /// Where the provider writes.
        var logger: Logger?
        /// Whether questions are logged.
        var logsPrompts = false

        /// With as many requests at a time and tokens in a second as a test likes.
        static var cloud: Plan {
            var plan = Plan()
            plan.settings.concurrencyLimit = nil
            plan.settings.tokenRequestsPerSecond = nil
            return plan
        }

        /// Another provider than GigaChat, and its profile.
        static func other(_ personality: FakePersonality, _ profile: ProviderProfile) -> Plan {
            var plan = Plan.cloud
            plan.settings.personality = personality
            plan.profile = profile
            return plan
        }

        /// The same in TLS, trusted by the provider.
        static func secure(_ files: FakeCertificates) -> Plan {
            var plan = Plan.cloud
            plan.settings.tls = FakeTLS(files)
            plan.tls.caFile = files.authority
            return plan
        }

        /// A client certificate in place of a token.
        static func mutual(_ files: FakeCertificates) -> Plan {
            var plan = Plan.secure(files)
            plan.settings.tls?.demandsClientCertificate = true
            plan.tls.identity = ClientTLS.Identity(
                certificateFile: files.client.certificate, keyFile: files.client.key)
            return plan
        }
    }

    let fake: FakeGigaChat
    let engine: ChatEngine
    let loop: EventLoop
    private let logger: Logger

    private init(_ fake: FakeGigaChat, _ engine: ChatEngine, _ loop: EventLoop, _ logger: Logger) {
        self.fake = fake
        self.engine = engine
        self.loop = loop
        self.logger = logger
    }

    /// Runs `body` with both.
    static func with(
        _ plan: Plan = .cloud, _ body: @escaping @Sendable (Stand) async throws -> Void
    ) async throws {
        let logger = try plan.logger ?? Logger(LogSink(minimumLevel: .error, format: .text))
        try await onLoops(1) { group in
            let loop = group.loops[0]
            let fake = try await FakeGigaChat.start(on: loop, settings: plan.settings)
            let clients = try await LoopClients.make(
                on: group, HTTPClientConfiguration(userAgent: "tests/1", tls: plan.tls))
            let engine = ChatEngine(
                plan.profile, baseURL: fake.baseURL, clients: clients, tokens: tokens(plan, fake, clients, logger),
                caFile: plan.tls.caFile, logger: logger, logsPrompts: plan.logsPrompts)
            let outcome: Result<Void, any Error>
            do {
                outcome = .success(try await body(Stand(fake, engine, loop, logger)))
            } catch {
                outcome = .failure(error)
            }
            await clients.close()
            await fake.close()
            try outcome.get()
        }
    }

    private static func tokens(
        _ plan: Plan, _ fake: FakeGigaChat, _ clients: LoopClients, _ logger: Logger
    ) -> any TokenSource {
        if plan.settings.tls?.demandsClientCertificate == true { return NoToken() }
        guard plan.settings.personality == .gigachat else { return FixedToken(plan.key ?? plan.settings.apiKey) }
        return GigaChatOAuth(
            url: fake.authURL,
            .key(plan.key ?? plan.settings.credentials, scope: plan.settings.scope), clients: clients, logger: logger,
            caFile: plan.tls.caFile)
    }

    // MARK: Questions

    /// A model for conversations that the fake has.
    var model: String {
        switch fake.settings.personality {
        case .gigachat: "GigaChat-2"
        case .mistral: "mistral-small-latest"
        case .deepseek: "deepseek-flash"
        case .gemini: "gemini-3.5-flash"
        case .qwen: "qwen3-coder-plus"
        }
    }

    /// Asks the provider itself for a stream and reads it.
    func stream(
        _ request: ChatRequest = question()
    ) async throws(ModelFailure) -> (text: String, reasoning: String, end: ChatEnd?) {
        let stream = try await engine.stream(request, model: model, budget: request.context.timeBudget)
        defer { stream.close() }
        var (text, reasoning) = ("", "")
        while let event = try await stream.next() {
            switch event {
            case .text(let piece): text += piece
            case .reasoning(let piece): reasoning += piece
            case .toolCall: continue
            }
        }
        return (text, reasoning, stream.end)
    }

    /// The body of the last request that had one. A port that was another test's a moment ago may still be asked by
    /// those who knew it.
    func lastBody() throws -> JSONValue {
        try JSONParser().parse(fake.log.last { !$0.body.isEmpty }?.bodyText ?? "")
    }

    /// A question with that much time.
    static func question(_ text: String = "Сколько?", within budget: Duration = .seconds(60)) -> ChatRequest {
        ChatRequest(
            .stage(.chat), [ChatMessage(.user, text)],
            context: CallContext(requestID: "r-1", timeBudget: budget))
    }

    /// Asks the provider itself, once.
    func ask(
        _ request: ChatRequest = question(), model: String? = nil
    ) async throws(ModelFailure) -> ChatResult {
        try await engine.complete(request, model: model ?? self.model, budget: request.context.timeBudget)
    }

    /// Why the provider itself does not answer.
    func failure(_ request: ChatRequest = question()) async throws -> ModelFailure {
        do throws(ModelFailure) {
            _ = try await ask(request)
        } catch {
            return error
        }
        throw Failure("an answer came")
    }

    /// Asks the provider itself so many times at once.
    func askAtOnce(_ count: Int) async throws -> [ChatResult] {
        let engine = engine
        let tasks = (0..<count).map { number in
            loop.spawn {
                try await engine.complete(
                    Stand.question("\(number)"), model: "GigaChat-2", budget: .seconds(60))
            }
        }
        var results: [ChatResult] = []
        for task in tasks { results.append(try await task.value) }
        return results
    }

    /// The router, with GigaChat in front and `second` behind it.
    func router(gate: any CallGate = OpenGate(), second: ScriptedProvider? = nil) -> ModelRouter {
        let own = RoutedProvider(engine, gate: gate)
        let others = second.map { [RoutedProvider($0, gate: OpenGate())] } ?? []
        let choices = [ModelChoice(provider: "gigachat", model: "GigaChat-2"), ModelChoice(provider: "b", model: "m")]
        let table = RouteTable(tiers: [.cheap: choices, .expensive: choices])
        return ModelRouter([own] + others, table: table) { [logger] in $0.log(to: logger) }
    }

    /// Reads an answer of the router in pieces, to its end.
    func read(
        _ router: ModelRouter, _ request: ChatRequest = question()
    ) async -> (text: String, end: ChatEnd?, failure: ModelFailure?) {
        var text = ""
        do throws(ModelFailure) {
            let stream = try await router.stream(request)
            defer { stream.close() }
            while let event = try await stream.next() { if case .text(let piece) = event { text += piece } }
            return (text, stream.end, nil)
        } catch {
            return (text, nil, error)
        }
    }

    /// The bytes of a stream's body, as they come.
    func streamBytes(_ text: String, _ step: ScenarioStep) async throws -> [UInt8] {
        _ = try await ask()
        let token = fake.log.last?.headers["authorization"] ?? ""
        let body = try GigaChatRequest.body(Self.question(text), model: "GigaChat-2", streams: true)
        fake.enqueue(step, on: .chat)
        let client = try HTTPClient(on: loop, configuration: HTTPClientConfiguration(userAgent: "tests/1"))
        defer { client.close() }
        let request = ClientRequest(
            "POST", "\(fake.baseURL)/chat/completions", headers: ["Authorization": token], body: body)
        return try await client.send(request).body
    }

    static func json(_ text: String) throws -> JSONValue { try JSONParser().parse(text) }
}
