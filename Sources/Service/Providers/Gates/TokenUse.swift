import Domain
import EventLoop

/// How fast a process uses the tokens of a rate. Where it uses many, callers need not wait for the ledger one by one:
/// the next ones' tokens are there before they come. Pure: every call names the time.
struct TokenUse {
    /// Used lately, by the second.
    private var perSecond = 0.0
    private var counted = 0
    private var settledAt: MonotonicTime?

    /// The part of a second's use that is kept at hand. Several times what an exchange with the ledger takes.
    private static let reserveSeconds = 0.1

    /// A token was used.
    mutating func count() {
        counted += 1
    }

    /// What was counted belongs to the past; what is older than a second is forgotten.
    mutating func settle(at now: MonotonicTime) {
        let age = settledAt.map { (now - $0).inSeconds } ?? 1
        perSecond = perSecond * max(0, 1 - age) + Double(counted)
        counted = 0
        settledAt = now
    }

    /// How many tokens to have beyond those that are waited for: none below ten a second, so that processes do not hold
    /// back from each other what is scarce.
    func reserve(of rate: Allowance) -> Int {
        Int(min(perSecond, rate.refillPerSecond) * Self.reserveSeconds)
    }
}
