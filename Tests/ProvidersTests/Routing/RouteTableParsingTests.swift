import Domain
import Testing

@testable import Providers

@Suite("Routes in settings")
struct RouteTableParsingTests {
    @Test("models stand in order, with spaces around them and slashes within")
    func choices() {
        let expected = [
            ModelChoice(provider: "gigachat", model: "GigaChat-2"), ModelChoice(provider: "hub", model: "team/model"),
        ]
        #expect(RouteTable.choices("gigachat/GigaChat-2, hub/team/model") == expected)
    }

    @Test("what is no list of models is refused", arguments: ["", "model", "a/", "/m", "a/m,", "a/m,a/m"])
    func refusedChoices(_ text: String) {
        #expect(RouteTable.choices(text) == nil)
    }

    @Test("tiers are assigned by stage or category")
    func assignments() {
        #expect(
            RouteTable.assignments("generation:cheap, search:expensive") == [
                "generation": .cheap, "search": .expensive,
            ])
    }

    @Test("what is no assignment is refused", arguments: ["", "a", "a:best", ":cheap", "a:cheap:x", "a:cheap,a:cheap"])
    func refusedAssignments(_ text: String) {
        #expect(RouteTable.assignments(text) == nil)
    }

    @Test("GigaChat alone needs nothing but the names of its models")
    func gigachat() {
        let defaults = RouteTable.gigachat(
            provider: "gigachat", fallback: "GigaChat", generate: nil, classify: "Lite", embed: "Embeddings")
        let table = RouteTable(defaults: defaults)
        #expect(table.candidates(for: .generation, category: "analysis").map(\.model) == ["GigaChat"])
        #expect(table.candidates(for: .classification, category: nil).map(\.model) == ["Lite"])
        #expect(table.candidates(for: .chat, category: nil).map(\.model) == ["GigaChat"])
        #expect(table.candidates(for: .embedding, category: nil).map(\.model) == ["Embeddings"])
    }
}
