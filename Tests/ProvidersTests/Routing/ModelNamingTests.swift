import Domain
import EventLoop
import TestSupport
import Testing

@testable import Providers

@Suite("Naming a model")
struct ModelNamingTests {
    private static let plan = RoutePlan(
        table: RouteTable(
            tiers: [.expensive: [ModelChoice(provider: "gigachat", model: "GigaChat-2-Max")]],
            defaults: [.embedding: [ModelChoice(provider: "gigachat", model: "Embeddings")]]),
        providers: ["gigachat", "mistral", "local"])

    private static let listing = ModelListing(
        models: [
            ModelDescription(provider: "gigachat", id: "GigaChat-2", capabilities: .chat),
            ModelDescription(provider: "gigachat", id: "Embeddings", capabilities: .embeddings),
            ModelDescription(provider: "gigachat", id: "shared", capabilities: .chat),
            ModelDescription(provider: "mistral", id: "shared", capabilities: .chat),
            ModelDescription(provider: "local", id: "meta/llama", capabilities: .chat),
        ])

    @Test("a model of a route needs no listing", arguments: ["GigaChat-2-Max", "gigachat/GigaChat-2-Max"])
    func ofRoute(name: String) {
        #expect(Self.plan.naming(of: name) == .known)
    }

    @Test("any other needs one", arguments: ["GigaChat-2", "mistral/x", "", "/"])
    func other(name: String) {
        #expect(Self.plan.naming(of: name) == nil)
    }

    private static let names = [
        "gigachat/GigaChat-2", "gigachat/GigaChat-2-Max", "gigachat/shared", "local/meta/llama", "mistral/shared",
    ]

    @Test(
        "the listing decides",
        arguments: [
            ("GigaChat-2", .known), ("gigachat/GigaChat-2", .known), ("mistral/shared", .known),
            ("meta/llama", .known), ("local/meta/llama", .known),
            ("shared", .ambiguous(["gigachat/shared", "mistral/shared"])),
            ("Embeddings", .unsuitable), ("gigachat/Embeddings", .unsuitable),
            ("mistral/nonsense", .unknown(known: names)), ("nonsense", .unknown(known: names)),
            ("openai/gpt", .unknown(known: names)),
        ] as [(String, ModelNaming)])
    func listed(name: String, naming: ModelNaming) {
        #expect(Self.plan.naming(of: name, for: .generation, in: Self.listing) == naming)
    }

    @Test("what a silent provider has nobody knows: its own models are let through, others are left open")
    func silent() {
        var listing = Self.listing
        listing.failures = ["mistral": ModelFailure(.transport, "refused")]
        #expect(Self.plan.naming(of: "mistral/nonsense", for: .generation, in: listing) == .known)
        #expect(Self.plan.naming(of: "nonsense", for: .generation, in: listing) == .undecided(providers: ["mistral"]))
        guard case .unknown = Self.plan.naming(of: "gigachat/nonsense", for: .generation, in: listing) else {
            Issue.record("gigachat has said what it has")
            return
        }
    }

    @Test("the router asks its providers, and where only the routing chooses no name is right")
    func router() async throws {
        let provider = ScriptedProvider("a", listing: .success(["m1"]), .answer("x"))
        let router = ModelRouter([RoutedProvider(provider, gate: OpenGate())], table: RouteTable()) { _ in }
        try await onLoop { _ in
            #expect(await router.naming(of: "m1", for: .generation) == .known)
            #expect(await router.naming(of: "m2", for: .generation) == .unknown(known: ["a/m1"]))
            #expect(await RoutedChoiceOnly(router).naming(of: "m1", for: .generation) == .refused)
        }
    }
}
