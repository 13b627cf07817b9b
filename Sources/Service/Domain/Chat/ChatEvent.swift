/// A piece of an answer that comes as it is made.
public enum ChatEvent: Sendable, Equatable {
    /// More of the text; never empty.
    case text(String)
    /// More of what the model thinks aloud; no part of the answer.
    case reasoning(String)
    /// More of the tool call numbered `index`, from 0. Id and name come with its first piece.
    case toolCall(index: Int, id: String?, name: String?, arguments: String)
}
