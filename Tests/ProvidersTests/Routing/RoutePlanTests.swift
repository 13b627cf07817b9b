import Domain
import Testing

@testable import Providers

@Suite("Who is asked")
struct RoutePlanTests {
    private static let giga = ModelChoice(provider: "gigachat", model: "GigaChat-2")
    private static let max = ModelChoice(provider: "gigachat", model: "GigaChat-2-Max")
    private static let mistral = ModelChoice(provider: "mistral", model: "mistral-small-latest")

    private let plan = RoutePlan(
        table: RouteTable(
            tiers: [.cheap: [giga, mistral], .expensive: [max]], assignments: ["search": .cheap],
            defaults: [.embedding: [ModelChoice(provider: "gigachat", model: "Embeddings")]]),
        providers: ["gigachat", "mistral"])

    @Test(
        "a stage goes to the models of its tier, and a category's word counts more",
        arguments: [
            (ModelTarget.stage(.classification), [giga, mistral]), (.stage(.chat), [giga, mistral]),
            (.stage(.generation), [max]), (.stage(.generation, category: "analysis"), [max]),
            (.stage(.generation, category: "search"), [giga, mistral]),
            (.stage(.embedding), [ModelChoice(provider: "gigachat", model: "Embeddings")]),
            (.named("mistral/anything", .chat), [ModelChoice(provider: "mistral", model: "anything")]),
            (.named("GigaChat-2-Max", .chat), [max]),
        ])
    func planned(_ target: ModelTarget, _ choices: [ModelChoice]) {
        #expect(plan.outcome(of: target) == .choices(choices))
    }

    @Test("without tiers the defaults of the stage are used")
    func defaults() {
        let table = RouteTable(defaults: [.generation: [Self.max], .classification: [Self.giga]])
        let plan = RoutePlan(table: table, providers: ["gigachat"])
        #expect(plan.outcome(of: .stage(.generation, category: "analysis")) == .choices([Self.max]))
        #expect(plan.outcome(of: .stage(.classification)) == .choices([Self.giga]))
    }

    @Test("models of providers that are not configured are passed over")
    func missingProvider() {
        let plan = RoutePlan(table: plan.table, providers: ["mistral"])
        #expect(plan.outcome(of: .stage(.chat)) == .choices([Self.mistral]))
        guard case .refused(let failure) = plan.outcome(of: .stage(.generation)) else {
            Issue.record("nobody can be asked")
            return
        }
        #expect(failure.failureClass == .notFound)
    }

    @Test("a model of one provider is found in the listing, one of two needs the provider's name")
    func listed() {
        let listing = ModelListing(models: [
            ModelDescription(provider: "mistral", id: "codestral", capabilities: .chat),
            ModelDescription(provider: "mistral", id: "shared", capabilities: .chat),
            ModelDescription(provider: "gigachat", id: "shared", capabilities: .chat),
        ])
        #expect(plan.outcome(of: .named("codestral", .chat)) == .needsListing("codestral"))
        let owner = ModelChoice(provider: "mistral", model: "codestral")
        #expect(plan.outcome(ofModel: "codestral", in: listing) == .choices([owner]))
        guard case .refused(let failure) = plan.outcome(ofModel: "shared", in: listing) else {
            Issue.record("two providers have it")
            return
        }
        #expect(failure.failureClass == .badRequest)
        #expect(failure.detail.contains("gigachat/shared, mistral/shared"))
    }

    @Test("an unknown model is not found, and the closest name is told")
    func unknown() {
        guard case .refused(let failure) = plan.outcome(ofModel: "GigaChat-2-Mix", in: ModelListing()) else {
            Issue.record("nobody has it")
            return
        }
        #expect(failure.failureClass == .notFound)
        #expect(failure.detail.contains("GigaChat-2-Max"))
    }

    @Test("an unknown model of an incomplete listing is not said to be missing")
    func gaps() {
        let listing = ModelListing(failures: ["mistral": ModelFailure(.transport, "refused")])
        guard case .refused(let failure) = plan.outcome(ofModel: "codestral", in: listing) else {
            Issue.record("nobody knows")
            return
        }
        #expect(failure.failureClass == .transport)
    }
}
