public import Telemetry

/// What a waiting job says about the try that failed and the one to come.
public struct PendingRetry: Sendable, Equatable {
    /// Not before then.
    public let at: WallTime
    /// Why the last try failed.
    public let failure: JobFailure

    /// Gathers what is known.
    public init(at: WallTime, failure: JobFailure) {
        self.at = at
        self.failure = failure
    }
}
