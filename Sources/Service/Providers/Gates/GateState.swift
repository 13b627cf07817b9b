import Domain
import EventLoop

/// One process's part of a limit: who waits, who is in, what is leased until when. Pure: every call names the time.
struct GateState {
    /// A caller whose turn has come.
    struct Admission: Equatable {
        let caller: UInt64
        let waited: Duration
    }

    private struct Waiter {
        let client: String
        let since: MonotonicTime
    }

    let resource: String
    let limit: CapacityLimit
    private let maximumWaiting: Int
    private var line = TurnLine()
    private var waiters: [UInt64: Waiter] = [:]
    private var inside: Set<UInt64> = []
    private var held = 0
    private var entitled = 0
    private var peers = 0
    private var heldUntil = MonotonicTime(nanoseconds: .min)
    private var tokens = 0
    private var tokensUntil = MonotonicTime(nanoseconds: .min)
    private var nextToken: MonotonicTime?
    /// Exchanges in a row after which what is due here was still in use elsewhere, and when asking again makes sense.
    private var vainExchanges = 0
    private var nextDemand: MonotonicTime?
    private var announced = 0
    /// The most that was wanted since the last exchange.
    private var peak = 0
    private var entered = 0
    private var waited = Duration.zero
    private var use = TokenUse()
    /// What the worker would run if it could.
    private(set) var wanted = 0

    /// Tokens that nobody has used for so long are gone.
    static let tokenLifetime = Duration.seconds(2)
    /// The pause after the first exchange in vain; it doubles with each one.
    static let firstDemandPause = Duration.milliseconds(20)
    /// Where that doubling ends.
    static let longestDemandPause = Duration.milliseconds(200)

    init(_ resource: String, limit: CapacityLimit, maximumWaiting: Int) {
        self.resource = resource
        self.limit = limit
        self.maximumWaiting = maximumWaiting
    }

    private var demand: Int { max(inside.count + line.count, wanted) }

    /// Slots that may be in use: what others are entitled to is not begun with again.
    func usable(at now: MonotonicTime) -> Int {
        guard limit.slots != nil else { return .max }
        guard now < heldUntil else { return 0 }
        return entitled < announced ? min(held, entitled) : held
    }

    private func tokensLeft(at now: MonotonicTime) -> Int { now < tokensUntil ? tokens : 0 }

    /// Puts a caller in line; false when the line is full.
    mutating func enter(_ caller: UInt64, of client: String, at now: MonotonicTime) -> Bool {
        guard line.count < maximumWaiting else { return false }
        line.add(caller, of: client)
        waiters[caller] = Waiter(client: client, since: now)
        peak = max(peak, demand)
        return true
    }

    /// The caller waits no longer; false when it did not wait.
    mutating func abandon(_ caller: UInt64) -> Bool {
        guard let waiter = waiters.removeValue(forKey: caller) else { return false }
        line.remove(caller, of: waiter.client)
        return true
    }

    /// The caller is through; a second time does nothing.
    mutating func leave(_ caller: UInt64) {
        inside.remove(caller)
    }

    mutating func want(_ count: Int) {
        wanted = count
        peak = max(peak, demand)
    }

    /// Lets in as many as there are slots and tokens for.
    mutating func admit(at now: MonotonicTime) -> [Admission] {
        var admissions: [Admission] = []
        while inside.count < usable(at: now), limit.rate == nil || tokensLeft(at: now) > 0,
            let caller = line.next(), let waiter = waiters.removeValue(forKey: caller)
        {
            if limit.rate != nil {
                tokens -= 1
                use.count()
            }
            inside.insert(caller)
            entered += 1
            waited += now - waiter.since
            admissions.append(Admission(caller: caller, waited: now - waiter.since))
        }
        return admissions
    }

    /// What to ask the ledger for. From here on no more than what is kept is used.
    mutating func wish(at now: MonotonicTime) -> CapacityWish {
        let spared = peers == 0 ? max(peak, demand) : demand
        let keep = limit.slots == nil ? 0 : max(inside.count, min(usable(at: now), spared))
        held = min(held, keep)
        use.settle(at: now)
        let left = tokensLeft(at: now)
        let needed = line.count + reserve
        let surplus = max(0, left - needed)
        tokens = left - surplus
        announced = min(demand, limit.slots ?? 0)
        peak = demand
        return CapacityWish(
            resource, limit: limit, keep: keep, demand: announced,
            tokensWanted: limit.rate.map { min(needed - tokens, Self.block(of: $0)) } ?? 0,
            tokensReturned: limit.rate == nil ? 0 : surplus)
    }

    private var reserve: Int { limit.rate.map(use.reserve) ?? 0 }

    /// A second's worth: so much may lie in one process unused.
    private static func block(of rate: Allowance) -> Int { max(1, Int(rate.refillPerSecond)) }

    /// The ledger has answered; the lease counts from when it was asked.
    mutating func take(_ grant: CapacityGrant, lease: Duration, askedAt asked: MonotonicTime, now: MonotonicTime) {
        held = grant.slots
        entitled = grant.entitled
        peers = grant.peers
        heldUntil = asked + lease
        if grant.tokens > 0 {
            tokens = tokensLeft(at: now) + grant.tokens
            tokensUntil = now + Self.tokenLifetime
        }
        nextToken = grant.nextToken.map { now + $0 }
        noteDemand(at: now)
    }

    /// A slot that is in use elsewhere comes when a call ends there: asking more often does not bring it sooner.
    private mutating func noteDemand(at now: MonotonicTime) {
        guard entitled > held else {
            (vainExchanges, nextDemand) = (0, nil)
            return
        }
        let pause = Self.firstDemandPause * (1 << min(vainExchanges, 8))
        vainExchanges += 1
        nextDemand = now + min(pause, Self.longestDemandPause)
    }

    /// Whether asking now, rather than at the next tick, would change something, here or in another process.
    func wantsExchange(at now: MonotonicTime) -> Bool {
        if limit.slots != nil {
            let expected = min(demand, limit.slots ?? 0)
            // More is wanted than was said, or what is due has not come yet.
            let isDue = entitled > held && nextDemand.map { now >= $0 } ?? true
            if expected > held, expected > announced || isDue || now >= heldUntil { return true }
            // Others wait for what is not in use here.
            let isContested = entitled < announced || peers > 0 && expected < held
            if isContested, held > max(inside.count, min(entitled, expected)) { return true }
        }
        let left = tokensLeft(at: now)
        guard limit.rate != nil, !line.isEmpty && left == 0 || left * 2 < reserve else { return false }
        return nextToken.map { now >= $0 } ?? true
    }

    /// When asking may bring what is waited for: a token, or a slot that is due.
    var nextTime: MonotonicTime? {
        let lacksSlots = min(demand, limit.slots ?? 0) > held
        return line.isEmpty ? nil : [nextToken, lacksSlots ? nextDemand : nil].compactMap(\.self).min()
    }

    func snapshot(at now: MonotonicTime) -> GateSnapshot {
        GateSnapshot(
            limit: limit.slots, leased: now < heldUntil ? held : 0, inUse: inside.count, waiting: line.count,
            tokens: tokensLeft(at: now), entered: entered, waited: waited)
    }
}
