import Domain
import Testing

@testable import Providers

@Suite("The dry run's script")
struct DryrunScriptTests {
    @Test("names what each try does; the last step repeats")
    func steps() throws {
        let script = try #require(DryrunScript("429:retry-after=2, 500,slow:delay=30,malformed:delay=1,ok"))
        #expect(script.step(1).failure?.failureClass == .rateLimited)
        #expect(script.step(1).failure?.retryAfter == .seconds(2))
        #expect(script.step(2).failure?.failureClass == .server)
        #expect(script.step(2).failure?.status == 500)
        #expect(script.step(3) == DryrunScript.Step(delay: .milliseconds(30)))
        #expect(script.step(4) == DryrunScript.Step(isUnreadable: true, delay: .milliseconds(1)))
        #expect(script.step(5) == DryrunScript.Step())
        #expect(script.text.hasPrefix("429:retry-after=2, 500"))
        #expect(script.step(99) == script.step(5))
        #expect(DryrunScript("quota_exhausted")?.step(1).failure?.failureClass == .quotaExhausted)
    }

    @Test(
        "is refused when a step means nothing",
        arguments: ["", "ok,", "200", "429:retry-after", "429:retry-after=x", "429:retry-after=-1", "ok:pause=1", ":"])
    func wrong(text: String) {
        #expect(DryrunScript(text) == nil)
    }

    @Test("is bounded")
    func bound() {
        #expect(DryrunScript(Array(repeating: "ok", count: 100).joined(separator: ",")) != nil)
        #expect(DryrunScript(Array(repeating: "ok", count: 101).joined(separator: ",")) == nil)
    }
}
