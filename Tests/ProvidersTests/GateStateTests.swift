import Domain
import EventLoop
import Testing

@testable import Providers

@Suite("The state of a gate")
struct GateStateTests {
    private static let start = MonotonicTime(nanoseconds: 0)

    private static func gate(_ slots: Int, rate: Allowance? = nil, waiting: Int = 100) -> GateState {
        GateState("r", limit: CapacityLimit(slots: slots, rate: rate), maximumWaiting: waiting)
    }

    private static func granting(_ slots: Int, entitled: Int, peers: Int = 0, tokens: Int = 0) -> CapacityGrant {
        CapacityGrant("r", slots: slots, entitled: entitled, peers: peers, tokens: tokens)
    }

    @Test("nobody comes in without a lease, and a waiting caller calls for one")
    func noLease() {
        var gate = Self.gate(2)
        let outcome1 = gate.enter(1, of: "a", at: Self.start)
        #expect(outcome1)
        let outcome2 = gate.admit(at: Self.start)
        #expect(outcome2 == [])
        #expect(gate.wantsExchange(at: Self.start))
        let outcome3 = gate.wish(at: Self.start)
        #expect(outcome3.demand == 1)
    }

    @Test("clients take turns, however many callers one of them has")
    func turns() {
        var gate = Self.gate(1)
        for caller in 1...5 {
            let outcome4 = gate.enter(UInt64(caller), of: "many", at: Self.start)
            #expect(outcome4)
        }
        let outcome5 = gate.enter(9, of: "one", at: Self.start)
        #expect(outcome5)
        _ = gate.wish(at: Self.start)
        gate.take(Self.granting(1, entitled: 1), lease: .seconds(4), askedAt: Self.start, now: Self.start)
        let outcome6 = gate.admit(at: Self.start)
        #expect(outcome6.map(\.caller) == [1])
        gate.leave(1)
        gate.leave(1)
        let outcome7 = gate.admit(at: Self.start)
        #expect(outcome7.map(\.caller) == [9])
    }

    @Test("after its lease has run out by its own clock it lets nobody in")
    func expiry() {
        var gate = Self.gate(1)
        let outcome8 = gate.enter(1, of: "a", at: Self.start)
        #expect(outcome8)
        _ = gate.wish(at: Self.start)
        gate.take(Self.granting(1, entitled: 1), lease: .seconds(4), askedAt: Self.start, now: Self.start)
        let outcome9 = gate.admit(at: Self.start + .seconds(4))
        #expect(outcome9 == [])
        let outcome10 = gate.admit(at: Self.start + .milliseconds(3_999))
        #expect(outcome10.count == 1)
    }

    @Test("what others are entitled to is given back as it becomes free, and not used again")
    func yields() {
        var gate = Self.gate(1)
        for caller in 1...2 {
            let outcome11 = gate.enter(UInt64(caller), of: "a", at: Self.start)
            #expect(outcome11)
        }
        _ = gate.wish(at: Self.start)
        gate.take(Self.granting(1, entitled: 1), lease: .seconds(4), askedAt: Self.start, now: Self.start)
        let outcome12 = gate.admit(at: Self.start)
        #expect(outcome12.count == 1)
        let outcome13 = gate.wish(at: Self.start)
        #expect(outcome13.keep == 1)
        gate.take(Self.granting(1, entitled: 0, peers: 1), lease: .seconds(4), askedAt: Self.start, now: Self.start)
        #expect(!gate.wantsExchange(at: Self.start))
        gate.leave(1)
        let outcome14 = gate.admit(at: Self.start)
        #expect(outcome14 == [])
        #expect(gate.wantsExchange(at: Self.start))
        let outcome15 = gate.wish(at: Self.start)
        #expect(outcome15.keep == 0)
    }

    @Test("for a slot that is in use elsewhere it asks less and less often, and at once for what is new")
    func demandPauses() {
        var gate = Self.gate(2)
        _ = gate.enter(1, of: "a", at: Self.start)
        var now = Self.start
        var pauses: [Duration] = []
        for _ in 0..<6 {
            _ = gate.wish(at: now)
            gate.take(Self.granting(0, entitled: 1, peers: 1), lease: .seconds(60), askedAt: now, now: now)
            guard let next = gate.nextTime else {
                Issue.record("what is due is waited for")
                return
            }
            #expect(!gate.wantsExchange(at: next + .milliseconds(-1)))
            #expect(gate.wantsExchange(at: next))
            pauses.append(next - now)
            now = next
        }
        #expect(pauses == [20, 40, 80, 160, 200, 200].map { .milliseconds($0) })
        _ = gate.wish(at: now)
        gate.take(Self.granting(0, entitled: 1, peers: 1), lease: .seconds(60), askedAt: now, now: now)
        _ = gate.enter(2, of: "a", at: now)
        #expect(gate.wantsExchange(at: now))
        _ = gate.wish(at: now)
        gate.take(Self.granting(2, entitled: 2), lease: .seconds(60), askedAt: now, now: now)
        #expect(gate.nextTime == nil && !gate.wantsExchange(at: now))
        _ = gate.wish(at: now)
        gate.take(Self.granting(1, entitled: 2, peers: 1), lease: .seconds(60), askedAt: now, now: now)
        #expect(gate.nextTime == now + .milliseconds(20))
    }

    @Test("a token is used once, and wanted only by who waits")
    func tokens() {
        var gate = Self.gate(10, rate: Allowance(perMinute: 20))
        for caller in 1...3 {
            let outcome16 = gate.enter(UInt64(caller), of: "a", at: Self.start)
            #expect(outcome16)
        }
        let outcome17 = gate.wish(at: Self.start)
        #expect(outcome17.tokensWanted == 1)
        gate.take(Self.granting(3, entitled: 3, tokens: 2), lease: .seconds(4), askedAt: Self.start, now: Self.start)
        let outcome18 = gate.admit(at: Self.start)
        #expect(outcome18.count == 2)
        let outcome19 = gate.abandon(3)
        #expect(outcome19)
        let outcome20 = gate.abandon(3)
        #expect(!outcome20)
        let outcome21 = gate.wish(at: Self.start)
        #expect(outcome21.tokensWanted == 0)
    }

    @Test("who uses many tokens has those of the next tenth of a second before they are asked for, others have none")
    func reserve() {
        for (count, reserve) in [(9, 0), (100, 10), (2_000, 150)] {
            var gate = Self.gate(10_000, rate: Allowance(perMinute: 100_000, burst: 10_001), waiting: 10_000)
            for caller in 1...count { _ = gate.enter(UInt64(caller), of: "a", at: Self.start) }
            _ = gate.wish(at: Self.start)
            let grant = Self.granting(count, entitled: count, tokens: count)
            gate.take(grant, lease: .seconds(4), askedAt: Self.start, now: Self.start)
            let admitted = gate.admit(at: Self.start).count
            #expect(admitted == count)
            for caller in 1...count { gate.leave(UInt64(caller)) }
            let soon = Self.start + .milliseconds(500)
            let next = gate.wish(at: soon)
            #expect(next.tokensWanted == reserve && next.tokensReturned == 0)
            gate.take(Self.granting(0, entitled: 0, tokens: reserve), lease: .seconds(4), askedAt: soon, now: soon)
            let isShort = gate.wantsExchange(at: soon)
            #expect(!isShort)
            // Two quiet seconds later nothing is held back.
            for second in 1...2 {
                let later = gate.wish(at: soon + .seconds(second))
                #expect(later.tokensWanted == 0 && later.tokensReturned == (second == 1 ? reserve : 0))
            }
        }
    }

    @Test("a full line turns callers away")
    func bounded() {
        var gate = Self.gate(1, waiting: 1)
        let outcome22 = gate.enter(1, of: "a", at: Self.start)
        #expect(outcome22)
        let outcome23 = gate.enter(2, of: "a", at: Self.start)
        #expect(!outcome23)
    }
}
