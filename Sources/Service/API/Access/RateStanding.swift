/// How a client stands with one of its limits.
struct RateStanding: Sendable, Equatable {
    /// Requests in a window.
    var limit: Int
    /// Those that are left, as far as this process knows.
    var remaining: Int
    /// The time to the end of the window.
    var resetsIn: Duration

    /// Whole seconds to the end of the window, at least one.
    var resetSeconds: Int {
        let (seconds, rest) = resetsIn.components
        return max(1, Int(seconds) + (rest > 0 ? 1 : 0))
    }
}
