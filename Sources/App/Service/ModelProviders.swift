import Domain
import EventLoop
import HTTPClient
import Hashing
import Providers
import Telemetry

/// Makes the providers that are configured, each with HTTP clients of its own.
struct ModelProviders {
    /// GigaChat first.
    private(set) var routed: [RoutedProvider] = []
    /// To be closed in the end.
    private(set) var clients: [LoopClients] = []
    /// By the providers' names. A keeper has to run for them.
    private(set) var gates: [String: ProviderGate] = [:]
    /// Nil in a dry run.
    private(set) var gigachat: GigaChatAccount?
    private let configuration: Configuration
    private let group: EventLoopGroup
    private let blocking: BlockingThread
    private let logger: Logger

    /// Throws a `StartError` when a provider cannot be made.
    static func make(
        _ configuration: Configuration, on group: EventLoopGroup, blocking: BlockingThread, logger: Logger
    ) async throws -> ModelProviders {
        var providers = ModelProviders(
            configuration: configuration, group: group, blocking: blocking, logger: logger)
        try await providers.addPrimary()
        try await providers.addOthers()
        return providers
    }

    private init(
        configuration: Configuration, group: EventLoopGroup, blocking: BlockingThread, logger: Logger
    ) {
        self.configuration = configuration
        self.group = group
        self.blocking = blocking
        self.logger = logger
    }

    private mutating func addPrimary() async throws {
        let gigachat = configuration.gigachat
        guard gigachat.runMode != .dryrun else {
            let dryrun = DryrunProvider(delay: gigachat.dryrunDelay, script: gigachat.dryrunScript)
            return routed.append(RoutedProvider(dryrun, gate: OpenGate(), canRest: false))
        }
        try await checkFiles()
        let authorities = gigachat.trustedAuthorities
        var tls = ClientTLS(caFile: authorities, verifiesServer: gigachat.verifiesCertificates)
        if gigachat.runMode == .mtls { tls.identity = identity }
        let clients = try await makeClients(for: "gigachat", tls: tls)
        let engine = ChatEngine(
            .gigachat(), baseURL: gigachat.baseURL, clients: clients, tokens: tokens(gigachat, clients),
            caFile: authorities, logger: logger, logsPrompts: configuration.models.logsPrompts)
        let gate = ProviderGate(gateName, limit: limit)
        gates[engine.name] = gate
        self.gigachat = GigaChatAccount(engine)
        routed.append(RoutedProvider(engine, gate: gate, maximumTokens: gigachat.maxTokensPerRequest))
    }

    private func tokens(_ gigachat: Configuration.GigaChat, _ clients: LoopClients) -> any TokenSource {
        guard gigachat.runMode == .cloud, let login = gigachat.login else { return NoToken() }
        return GigaChatOAuth(
            url: gigachat.tokenURL, login, clients: clients, logger: logger, caFile: gigachat.trustedAuthorities)
    }

    private func checkFiles() async throws {
        let files = GigaChatFiles(configuration.gigachat)
        let faults = try await blocking.run { files.faults }
        guard faults.isEmpty else {
            throw StartError(faults.map(\.description).joined(separator: "; "), .configuration)
        }
    }

    private var identity: ClientTLS.Identity? {
        let files = configuration.gigachat.mutualTLS
        return files.certificate.map {
            ClientTLS.Identity(
                certificateFile: $0, keyFile: files.key, passphrase: files.keyPassword?.reveal() ?? "")
        }
    }

    private var limit: CapacityLimit {
        let gigachat = configuration.gigachat
        return CapacityLimit(
            slots: gigachat.concurrency, rate: Allowance(perMinute: gigachat.maxRequestsPerMinute))
    }

    /// The same for all processes that call with one key or certificate, and no secret.
    private var gateName: String {
        let gigachat = configuration.gigachat
        let owner = gigachat.credentials?.reveal() ?? gigachat.user ?? gigachat.mutualTLS.certificate ?? ""
        let hash = SHA256.hash("\(gigachat.runMode.rawValue) \(owner)")
        return "gigachat:\(hash.hexadecimal.prefix(16))"
    }

    /// The gate of a provider that has limits; `owner` is its key, which its name does not tell.
    private mutating func gate(
        _ provider: String, _ limits: Configuration.Models.CallLimits, owner: String
    ) -> any CallGate {
        guard limits.concurrent > 0 || limits.perMinute > 0 else { return OpenGate() }
        let limit = CapacityLimit(
            slots: limits.concurrent > 0 ? limits.concurrent : nil,
            rate: limits.perMinute > 0 ? Allowance(perMinute: limits.perMinute) : nil)
        let hash = SHA256.hash("\(provider) \(owner)").hexadecimal.prefix(16)
        let gate = ProviderGate("\(provider):\(hash)", limit: limit)
        gates[provider] = gate
        return gate
    }

    private mutating func addOthers() async throws {
        let models = configuration.models
        try await add(.mistral, models.mistral)
        try await add(.gemini, models.gemini)
        var deepseek = models.deepseek
        deepseek.baseURL = models.deepseekBaseURL
        try await add(.deepseek, deepseek)
        try await add(.dashscope, models.dashscope)
        try await addQwen()
        guard let baseURL = models.compatible.baseURL else { return }
        let key = models.compatible.key?.reveal()
        let gate = gate(models.compatible.name, models.compatible.limits, owner: key ?? baseURL)
        try await add(
            .openAICompatible(name: models.compatible.name), baseURL, key.map { FixedToken($0) } ?? NoToken(), gate)
    }

    /// Reads nothing yet: a login may come later.
    private mutating func addQwen() async throws {
        let qwen = configuration.models.qwen
        guard let credentials = qwen.credentials else { return }
        let path = HomeFolder.expand(credentials)
        let profile = ProviderProfile.qwenOAuth(model: qwen.model)
        let clients = try await makeClients(for: profile.name)
        let tokens = QwenOAuth(
            path: path, url: qwen.authURL, baseURL: qwen.baseURL, clients: clients, blocking: blocking, logger: logger)
        add(
            profile, qwen.baseURL ?? ProviderProfile.qwenOAuthBaseURL, clients, tokens,
            gate(profile.name, qwen.limits, owner: path))
    }

    private mutating func add(_ profile: ProviderProfile, _ service: Configuration.Models.Service) async throws {
        guard let key = service.key else { return }
        let gate = gate(profile.name, service.limits, owner: key.reveal())
        try await add(profile, service.baseURL, FixedToken(key.reveal()), gate)
    }

    private mutating func add(
        _ profile: ProviderProfile, _ baseURL: String, _ tokens: any TokenSource, _ gate: any CallGate
    ) async throws {
        add(profile, baseURL, try await makeClients(for: profile.name), tokens, gate)
    }

    private mutating func add(
        _ profile: ProviderProfile, _ baseURL: String, _ clients: LoopClients, _ tokens: any TokenSource,
        _ gate: any CallGate
    ) {
        let engine = ChatEngine(
            profile, baseURL: baseURL, clients: clients, tokens: tokens, caFile: nil, logger: logger,
            logsPrompts: configuration.models.logsPrompts)
        routed.append(RoutedProvider(engine, gate: gate))
    }

    private mutating func makeClients(for name: String, tls: ClientTLS = ClientTLS()) async throws -> LoopClients {
        do throws(HTTPClientError) {
            let made = try await LoopClients.make(
                on: group, HTTPClientConfiguration(userAgent: "gigaoffice/\(ProgramVersion.current)", tls: tls))
            clients.append(made)
            return made
        } catch {
            throw StartError("cannot make a client for \(name): \(error)", .configuration)
        }
    }
}
