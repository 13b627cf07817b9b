public import Domain

/// How often and how long one call is tried again.
public struct CallPolicy: Sendable, Equatable {
    /// Tries with one model, the first one among them; at least 1.
    public var triesPerModel: Int
    /// A longer pause than this is not waited out.
    public var longestPause: Duration
    /// The bound of the pause after the first try; it doubles with each one.
    public var firstPause = Duration.milliseconds(250)

    /// A policy.
    public init(triesPerModel: Int, longestPause: Duration) {
        self.triesPerModel = triesPerModel
        self.longestPause = longestPause
    }

    /// For jobs: one more try after a short pause. Everything longer is the durable retry's, which holds no slot and
    /// survives a restart.
    public static let job = CallPolicy(triesPerModel: 2, longestPause: .seconds(2))
    /// For a client that waits for its answer: nobody tries again after us.
    public static let interactive = CallPolicy(triesPerModel: 3, longestPause: .seconds(30))

    /// The policy for what a model is wanted for.
    public static func usual(for stage: ModelTarget.Stage) -> CallPolicy {
        switch stage {
        case .classification, .generation: .job
        case .chat, .embedding: .interactive
        }
    }
}
