/// How a worker's hold ends.
public enum JobEnd: Sendable {
    /// With an answer.
    case completed(JobOutput)
    /// Without one.
    case failed(JobFailure)

    /// What its calls of models cost, in this hold.
    public var tokens: TokenUsage {
        switch self {
        case .completed(let output): output.tokens
        case .failed(let failure): failure.tokens
        }
    }
}
