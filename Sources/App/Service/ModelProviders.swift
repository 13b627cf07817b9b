import Domain
import EventLoop
import HTTPClient
import Providers
import Telemetry

/// Makes the providers that are configured, each with HTTP clients of its own.
struct ModelProviders {
    /// GigaChat first.
    private(set) var routed: [RoutedProvider] = []
    /// To be closed in the end.
    private(set) var clients: [LoopClients] = []
    private let configuration: Configuration
    private let group: EventLoopGroup
    private let logger: Logger

    /// Throws a `StartError` when a provider cannot be made.
    static func make(
        _ configuration: Configuration, on group: EventLoopGroup, logger: Logger
    ) async throws -> ModelProviders {
        var providers = ModelProviders(configuration: configuration, group: group, logger: logger)
        try await providers.addPrimary()
        try await providers.addOthers()
        return providers
    }

    private init(configuration: Configuration, group: EventLoopGroup, logger: Logger) {
        self.configuration = configuration
        self.group = group
        self.logger = logger
    }

    private mutating func addPrimary() async throws {
        let mode = configuration.gigachat.runMode
        guard mode == .dryrun else {
            throw StartError(
                "this version cannot ask GigaChat yet, so it can't run with \(mode.rawValue)", .configuration)
        }
    }

    private mutating func addOthers() async throws {
        let models = configuration.models
        try await add(.mistral, models.mistral)
        try await add(.gemini, models.gemini)
        var deepseek = models.deepseek
        deepseek.baseURL = models.deepseekBaseURL
        try await add(.deepseek, deepseek)
        try await add(.dashscope, models.dashscope)
        guard let baseURL = models.compatible.baseURL else { return }
        let key = models.compatible.key.map { FixedToken($0.reveal()) as any TokenSource }
        try await add(.openAICompatible(name: models.compatible.name), baseURL, key ?? NoToken())
    }

    private mutating func add(_ profile: ProviderProfile, _ service: Configuration.Models.Service) async throws {
        guard let key = service.key else { return }
        try await add(profile, service.baseURL, FixedToken(key.reveal()))
    }

    private mutating func add(_ profile: ProviderProfile, _ baseURL: String, _ tokens: any TokenSource) async throws {
        let clients = try await makeClients(for: profile.name)
        let engine = ChatEngine(
            profile, baseURL: baseURL, clients: clients, tokens: tokens, caFile: nil, logger: logger,
            logsPrompts: configuration.models.logsPrompts)
        routed.append(RoutedProvider(engine, gate: OpenGate()))
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
