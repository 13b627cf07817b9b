/// One question to a model, in nobody's dialect.
public struct ChatRequest: Sendable, Equatable {
    /// Which model is asked.
    public var target: ModelTarget
    /// The conversation so far, oldest turn first.
    public var messages: [ChatMessage]
    /// How the answer is drawn.
    public var sampling = ChatSampling()
    /// The tools that the model may use.
    public var tools: [ChatTool] = []
    /// Whether and which of them it has to.
    public var toolChoice = ChatTool.Choice.automatic
    /// The form of the answer.
    public var format = ChatFormat.text
    /// The job behind the question, for providers that show what they were given.
    public var job: JobInput?
    /// On whose behalf, and how long it may take.
    public var context: CallContext

    /// A question with nothing said about its answer.
    public init(_ target: ModelTarget, _ messages: [ChatMessage], context: CallContext) {
        self.target = target
        self.messages = messages
        self.context = context
    }
}
