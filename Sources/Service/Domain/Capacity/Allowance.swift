/// A bound on how often something is done: a bucket of tokens that fills up evenly, one token for each time.
public struct Allowance: Sendable, Equatable {
    /// The most in any minute, at least 1.
    public let perMinute: Int
    /// The most at once after a quiet time, from 1 to `perMinute`.
    public let burst: Int

    /// A bound. Without a `burst` it is a tenth of a minute's, so that the pace is even and little is held back.
    public init(perMinute: Int, burst: Int? = nil) {
        self.perMinute = max(1, perMinute)
        self.burst = min(max(1, burst ?? self.perMinute / 10), self.perMinute)
    }

    /// Tokens that come in a second. A full bucket and what comes within a minute together stay below the bound.
    public var refillPerSecond: Double { Double(perMinute - burst + 1) / 60 }
}
