import Domain
import Testing

@testable import Providers

@Suite("Prices")
struct ModelPricesTests {
    @Test("a model's own price counts more than its provider's")
    func cost() throws {
        let prices = try #require(ModelPrices("gigachat/*=65, gigachat/Max=1.5:650.25"))
        let tokens = TokenUsage(prompt: 1_000, completion: 10)
        let usual = prices.cost(of: tokens, ModelChoice(provider: "gigachat", model: "Lite"))
        #expect(usual?.description == "0.065650000000")
        let special = prices.cost(of: tokens, ModelChoice(provider: "gigachat", model: "Max"))
        #expect(special?.description == "0.008002500000")
        #expect(prices.cost(of: tokens, ModelChoice(provider: "mistral", model: "Max")) == nil)
    }

    @Test("no cost overflows")
    func overflow() throws {
        let prices = try #require(ModelPrices("a/b=999999999.999999"))
        let cost = prices.cost(of: TokenUsage(prompt: .max, completion: 1), ModelChoice(provider: "a", model: "b"))
        #expect(cost == CallCost(trillionths: .max))
    }

    @Test(
        "what is no price is refused", arguments: ["", "a=1", "a/b", "a/b=", "a/b=-1", "a/b=1:2:3", "a/b=1,", "a/b=x"])
    func refused(_ text: String) {
        #expect(ModelPrices(text) == nil)
    }
}
