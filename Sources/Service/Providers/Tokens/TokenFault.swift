import Domain

/// Why no token was given out.
struct TokenFault: Error, Equatable {
    /// The failure that callers get.
    var failure: ModelFailure
    /// Whether only a change of the settings helps; such faults are remembered for a while.
    var isConfiguration: Bool
}
