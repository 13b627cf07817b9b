import Domain
import EventLoop
import Testing

@testable import Providers

@Suite("The state of a token")
struct TokenStateTests {
    private static let start = MonotonicTime.now

    private static func state(life: Duration) -> TokenState {
        var state = TokenState()
        #expect(state.ask(start) == .fetch)
        _ = state.fetched(TokenGrant(value: "t", life: life), start)
        return state
    }

    @Test("is used with more than a minute to live and fetched again with less", arguments: [59, 60, 61])
    func margin(seconds: Int) {
        var state = Self.state(life: .seconds(seconds))
        let expected = seconds > 60 ? TokenState.Step.use(AccessToken("t", generation: 1)) : .fetch
        #expect(state.ask(Self.start) == expected)
    }

    @Test("keeps a fault of the settings for half a minute")
    func fault() {
        var state = TokenState()
        let failure = ModelFailure(.auth, "x")
        #expect(state.ask(Self.start) == .fetch)
        _ = state.failed(TokenFault(failure: failure, isConfiguration: true), Self.start)
        #expect(state.ask(Self.start + .seconds(29)) == .fail(failure))
        #expect(state.ask(Self.start + .seconds(31)) == .fetch)
    }

    @Test("lets the old token serve only until its end when no other can be had")
    func oldToken() {
        let fault = TokenFault(failure: ModelFailure(.server, "x"), isConfiguration: false)
        var state = Self.state(life: .seconds(50))
        #expect(state.failed(fault, Self.start + .seconds(49)) == .success(AccessToken("t", generation: 1)))
        #expect(state.failed(fault, Self.start + .seconds(51)) == .failure(fault.failure))
    }

    @Test("drops the current token for a refusal, not a newer one")
    func refusal() {
        var state = Self.state(life: .seconds(1800))
        state.invalidate(0)
        #expect(state.ask(Self.start) == .use(AccessToken("t", generation: 1)))
        state.invalidate(1)
        #expect(state.ask(Self.start) == .fetch)
        #expect(state.ask(Self.start) == .wait)
    }
}
