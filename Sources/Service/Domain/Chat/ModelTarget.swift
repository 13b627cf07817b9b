/// Which model is meant.
public enum ModelTarget: Sendable, Equatable {
    /// What a model is wanted for.
    public enum Stage: String, Sendable, CaseIterable {
        /// To find a job's category.
        case classification
        /// To do a job.
        case generation
        /// To go on with a client's own conversation.
        case chat
        /// To turn texts into vectors.
        case embedding
    }

    /// Whatever the routing says for the stage and, where a job has one, for its category.
    case stage(Stage, category: String? = nil)
    /// One model: `model`, or `provider/model` where several providers have one of that name. The stage says what for.
    case named(String, Stage)

    /// What the model is wanted for.
    public var stage: Stage {
        switch self {
        case .stage(let stage, _), .named(_, let stage): stage
        }
    }
}
