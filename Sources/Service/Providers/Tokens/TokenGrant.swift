import Telemetry

/// A token as it was given out.
struct TokenGrant: Sendable, Equatable {
    /// The secret.
    var value: String
    /// How long it can be used, from its receipt.
    var life: Duration
    /// Where it is to be used, when the grant says so.
    var baseURL: String?
    /// Whether its end lies in the past by our clock, so that one of the clocks is wrong.
    var isClockSkewed = false

    /// The life of a token whose end is given as Unix time, in milliseconds or, below 1e11, in seconds. Without an end
    /// it is half an hour, as documented. A token that has ended when it comes gets twice `TokenState.margin`, which
    /// lets it be used for a minute: the clocks disagree, and asking again would bring the same.
    static func life(endingAt end: Double?, now: WallTime) -> (life: Duration, isClockSkewed: Bool) {
        guard let end, end > 0, end.isFinite else { return (.seconds(1800), false) }
        let seconds = end < 1e11 ? end : end / 1000
        let left = seconds - Double(now.microseconds) / 1e6
        guard left > 0 else { return (.seconds(120), true) }
        return (.seconds(min(max(left, 1), 86_400)), false)
    }
}
