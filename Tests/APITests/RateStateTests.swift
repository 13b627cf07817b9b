import Domain
import EventLoop
import Testing

@testable import API

@Suite("One process's part of clients' limits")
struct RateStateTests {
    private static let start = MonotonicTime(nanoseconds: 1_000_000_000_000)

    private static func at(_ seconds: Int) -> MonotonicTime { start + .seconds(seconds) }

    private static func grant(_ granted: Int, left: Int, window: Int64 = 1, ends seconds: Int = 60) -> RateGrant {
        RateGrant("c", granted: granted, left: left, window: window, endsIn: .seconds(seconds))
    }

    private static func isGranted(_ decision: RateState.Decision) -> Bool {
        if case .granted = decision { true } else { false }
    }

    @Test("what is granted is used up, then the ledger is asked; after its no, not before a second has passed")
    func usesUp() {
        var state = RateState(capacity: 10)
        #expect(state.take("c", limit: 3, at: Self.at(0)) == .unknown)
        state.add(Self.grant(2, left: 1), wanted: 1, askedAt: Self.at(0), now: Self.at(0))
        let standing = RateStanding(limit: 3, remaining: 2, resetsIn: .seconds(60))
        #expect(state.take("c", limit: 3, at: Self.at(0)) == .granted(standing))
        #expect(Self.isGranted(state.take("c", limit: 3, at: Self.at(0))))
        #expect(state.take("c", limit: 3, at: Self.at(0)) == .unknown)
        state.add(Self.grant(0, left: 0), wanted: 1, askedAt: Self.at(1), now: Self.at(1))
        let refusal = RateStanding(limit: 3, remaining: 0, resetsIn: .seconds(60))
        #expect(state.take("c", limit: 3, at: Self.at(1)) == .refused(refusal))
        #expect(state.take("c", limit: 3, at: Self.at(2)) == .unknown)
    }

    @Test("nothing outlasts the window that it was granted in")
    func windowEnds() {
        var state = RateState(capacity: 10)
        state.add(Self.grant(5, left: 5), wanted: 1, askedAt: Self.at(0), now: Self.at(0))
        #expect(Self.isGranted(state.take("c", limit: 10, at: Self.at(59))))
        #expect(state.take("c", limit: 10, at: Self.at(60)) == .unknown)
        #expect(state.takeIdle(at: Self.at(70), limit: 9) == [])
        state.add(Self.grant(1, left: 9, window: 2), wanted: 1, askedAt: Self.at(70), now: Self.at(70))
        #expect(Self.isGranted(state.take("c", limit: 10, at: Self.at(70))))
        #expect(state.take("c", limit: 10, at: Self.at(70)) == .unknown)
    }

    @Test("what lies unused for a second is given back, once, under the window it is of")
    func givesBack() {
        var state = RateState(capacity: 10)
        state.add(Self.grant(5, left: 5, window: 7), wanted: 1, askedAt: Self.at(0), now: Self.at(0))
        #expect(Self.isGranted(state.take("c", limit: 10, at: Self.at(1))))
        #expect(state.takeIdle(at: Self.at(1), limit: 9) == [])
        let order = RateOrder("c", limit: 0, wanted: 0, returned: 4, window: 7)
        #expect(state.takeIdle(at: Self.at(2), limit: 9) == [order])
        #expect(state.takeIdle(at: Self.at(3), limit: 9) == [])
        #expect(state.take("c", limit: 10, at: Self.at(3)) == .unknown)
    }

    @Test("alone, a process counts what it has let in already in this window, and nothing of it is given back")
    func alone() {
        var state = RateState(capacity: 10)
        state.add(Self.grant(2, left: 8), wanted: 1, askedAt: Self.at(0), now: Self.at(0))
        for _ in 0..<2 { _ = state.take("c", limit: 3, at: Self.at(1)) }
        state.grantAlone("c", limit: 3, at: Self.at(2))
        #expect(Self.isGranted(state.take("c", limit: 3, at: Self.at(2))))
        guard case .refused = state.take("c", limit: 3, at: Self.at(2)) else {
            Issue.record("more than the limit was let in")
            return
        }
        #expect(state.takeIdle(at: Self.at(9), limit: 9) == [])
        state.grantAlone("c", limit: 3, at: Self.at(61))
        #expect(Self.isGranted(state.take("c", limit: 3, at: Self.at(61))))
    }

    @Test("however many clients come, no more than twice the capacity are remembered, the last ones among them")
    func bounded() {
        var state = RateState(capacity: 100)
        for number in 0..<10_000 {
            let grant = RateGrant("\(number)", granted: 1, left: 0, window: 1, endsIn: .seconds(60))
            state.add(grant, wanted: 1, askedAt: Self.at(0), now: Self.at(0))
            #expect(state.count <= 200)
        }
        let known = (9_900..<10_000).filter { Self.isGranted(state.take("\($0)", limit: 1, at: Self.at(0))) }
        #expect(known.count == 100)
    }
}
