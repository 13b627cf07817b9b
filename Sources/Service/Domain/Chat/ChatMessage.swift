/// One turn of a conversation with a model.
public struct ChatMessage: Sendable, Equatable {
    /// Who speaks.
    public enum Role: String, Sendable, CaseIterable {
        /// The instruction that stands above the conversation.
        case system
        /// The person.
        case user
        /// The model.
        case assistant
        /// A tool, answering a call of the model's.
        case tool
    }

    /// Who speaks.
    public var role: Role
    /// What is said; empty when the turn is nothing but tool calls.
    public var text: String
    /// The tools that the model wants called; only an assistant's turn has some.
    public var toolCalls: [ChatToolCall]
    /// Which call a tool's turn answers: `ChatToolCall.id`.
    public var toolCallID: String?
    /// The tool's name in a tool's turn, where the caller knows it.
    public var name: String?

    /// A turn.
    public init(
        _ role: Role, _ text: String, toolCalls: [ChatToolCall] = [], toolCallID: String? = nil, name: String? = nil
    ) {
        self.role = role
        self.text = text
        self.toolCalls = toolCalls
        self.toolCallID = toolCallID
        self.name = name
    }
}
