import API
import Domain
import EventLoop
import FakeProviders
import Providers
import Telemetry
import TestSupport
import Testing

@testable import App

@Suite("The models of a running service", .timeLimit(.minutes(10)))
struct ModelSideTests {
    private func with(
        _ environment: [String: String], _ body: @escaping @Sendable (ModelSide) async throws -> Void
    ) async throws {
        guard case .success(let configuration) = load(environment).outcome else {
            throw TestSetupError("the settings are wrong: \(load(environment).faultTexts)")
        }
        let group = try EventLoopGroup(count: 1)
        let blocking = try BlockingThread(name: "test-models")
        defer {
            blocking.shutdown()
            group.shutdown()
        }
        try await group.loops[0].spawn {
            let logger = Logger(try LogSink(minimumLevel: .error, format: .text))
            let side = try await ModelSide.open(
                configuration, on: group, blocking: blocking, logger: logger,
                metrics: ServiceMetrics(isEnabled: false, loops: 1, categories: [], role: "test"))
            do {
                try await body(side)
                await side.close()
            } catch {
                await side.close()
                throw error
            }
        }.value
    }

    @Test("every configured provider is told, also one that cannot be reached")
    func report() async throws {
        let settings = ["MISTRAL_API_KEY": "k", "MISTRAL_BASE_URL": "http://127.0.0.1:1", "MISTRAL_MODEL": "small"]
        try await with(settings) { side in
            let report = await side.modelReport()
            #expect(report.providers.map(\.name) == ["dryrun", "mistral"])
            #expect(report.providers.allSatisfy { $0.standing.isUsable && $0.breaker == "closed" })
            #expect(report.routes[.generation] == ["dryrun/dryrun"])
            #expect(report.listing.models.map(\.provider) == ["dryrun"])
            #expect(report.listing.failures["mistral"]?.failureClass == .transport)
        }
    }

    @Test("clients name models of configured providers, unless they may not")
    func names() async throws {
        let tier = ["MISTRAL_API_KEY": "k", "MODEL_TIER_CHEAP": "mistral/small"]
        try await with(tier) { side in
            #expect(await side.names.naming(of: "small", for: .generation) == .known)
            #expect(side.capacityForJobs == nil)
        }
        try await with(tier.merging(["MODEL_CHOICE_ALLOWED": "false"]) { $1 }) { side in
            #expect(await side.names.naming(of: "small", for: .generation) == .refused)
        }
    }

    @Test("A provider with limits has a gate of its own, which bounds the jobs where it is the first to do them")
    func otherGates() async throws {
        let service = [
            "OPENAI_COMPATIBLE_BASE_URL": "http://127.0.0.1:1", "OPENAI_COMPATIBLE_MAX_REQUESTS_PER_MINUTE": "60",
            "MISTRAL_API_KEY": "secret-key", "MISTRAL_MAX_CONCURRENT": "3",
        ]
        try await with(service) { side in
            #expect(side.gates.map(\.snapshot.limit).sorted { ($0 ?? 0) < ($1 ?? 0) } == [nil, 3])
            #expect(side.gates.allSatisfy { !$0.resource.contains("secret") })
            #expect(side.capacityForJobs == nil)
        }
        try await with(service.merging(["MODEL_TIER_EXPENSIVE": "mistral/small"]) { $1 }) { side in
            let capacity = try #require(side.capacityForJobs as? ProviderGate)
            #expect(capacity.snapshot.limit == 3)
        }
    }

    @Test("Qwen with a login needs nothing but the file's name, and names itself apart from Qwen with a key")
    func qwen() async throws {
        let both = [
            "QWEN_OAUTH_PATH": "/nowhere/oauth_creds.json", "QWEN_MODEL": "own", "DASHSCOPE_API_KEY": "k",
            "DASHSCOPE_BASE_URL": "http://127.0.0.1:1",
        ]
        try await with(both) { side in
            let report = await side.modelReport()
            #expect(report.providers.map(\.name) == ["dryrun", "qwen", "qwen-oauth"])
            #expect(await side.names.naming(of: "qwen-oauth/own", for: .generation) == .known)
        }
    }

    private static let cloud = ["GIGACHAT_RUN_MODE": "cloud", "GIGACHAT_CREDENTIALS": "a2V5"]
    private static let mutual = [
        "GIGACHAT_RUN_MODE": "mtls", "GIGACHAT_BASE_URL": "https://127.0.0.1:1",
        "GIGACHAT_MTLS_CERT_FILE": "client.pem", "GIGACHAT_MTLS_KEY_FILE": "client.key",
    ]

    @Test(
        "a file for GigaChat that cannot be used is refused at the start, by its setting",
        arguments: [
            (
                cloud, ["GIGACHAT_CA_BUNDLE_FILE": "/nowhere/ca.pem"],
                "GIGACHAT_CA_BUNDLE_FILE: /nowhere/ca.pem: the file"
            ),
            (cloud, ["GIGACHAT_CA_BUNDLE_FILE": "client.key"], "GIGACHAT_CA_BUNDLE_FILE: client.key: there is no cert"),
            (mutual, ["GIGACHAT_MTLS_CA_BUNDLE_FILE": "none"], "GIGACHAT_MTLS_CA_BUNDLE_FILE: none: the file cannot"),
            (mutual, ["GIGACHAT_MTLS_CERT_FILE": "none"], "GIGACHAT_MTLS_CERT_FILE: none: the file cannot be read"),
            (mutual, ["GIGACHAT_MTLS_KEY_FILE": "none"], "GIGACHAT_MTLS_KEY_FILE: none: the file cannot be read"),
            (mutual, ["GIGACHAT_MTLS_KEY_FILE": "server.key"], "GIGACHAT_MTLS_KEY_FILE: server.key: the key belongs"),
            (
                mutual, ["GIGACHAT_MTLS_CERT_FILE": "none", "GIGACHAT_CA_BUNDLE_FILE": "lost"],
                "GIGACHAT_CA_BUNDLE_FILE: lost: the file cannot be read"
            ),
        ])
    func files(mode: [String: String], wrong: [String: String], words: String) async throws {
        let files = try TemporaryCertificates()
        let folder = files.files.folder
        func places(_ settings: [String: String]) -> [String: String] {
            settings.reduce(into: settings) { settings, setting in
                guard setting.key.hasSuffix("_FILE"), !setting.value.hasPrefix("/") else { return }
                settings[setting.key] = "\(folder)/\(setting.value)"
            }
        }
        try await with(places(mode)) { side in #expect(side.health().name == "gigachat") }
        let error = await #expect(throws: StartError.self) {
            try await with(places(mode.merging(wrong) { $1 })) { _ in }
        }
        #expect(error?.exitCode == .configuration)
        let told = error?.description.replacing("\(folder)/", with: "") ?? ""
        for (name, path) in wrong { #expect(told.contains("\(name): \(path): ")) }
        #expect(told.contains(words))
        // What the mode does not use is not looked at.
        try await with(wrong) { side in #expect(side.gates.isEmpty) }
    }

    @Test("GigaChat's gate bounds the jobs where GigaChat does them")
    func capacity() async throws {
        try await with(Self.cloud) { side in
            #expect(side.gates.map(\.snapshot.limit) == [1])
            #expect(side.capacityForJobs != nil)
            #expect(side.health().name == "gigachat")
        }
    }
}
