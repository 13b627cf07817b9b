/// A whole answer.
public struct ChatResult: Sendable, Equatable {
    /// The text; empty when there are only tool calls.
    public var text: String
    /// What the model thought aloud, where it did; no part of the answer.
    public var reasoning: String?
    /// The tools that it wants called.
    public var toolCalls: [ChatToolCall]
    /// How it ended and what it cost.
    public var end: ChatEnd

    /// An answer.
    public init(text: String, reasoning: String? = nil, toolCalls: [ChatToolCall] = [], end: ChatEnd) {
        self.text = text
        self.reasoning = reasoning
        self.toolCalls = toolCalls
        self.end = end
    }
}
