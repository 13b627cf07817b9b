/// A tool that the model wants called.
public struct ChatToolCall: Sendable, Equatable {
    /// Names the call, to be sent back with the tool's answer. GigaChat has no ids for calls; its
    /// `functions_state_id`, which plays that part, stands here.
    public var id: String
    /// The tool's name.
    public var name: String
    /// The arguments as JSON text. It is the model's: it may be cut or no JSON at all.
    public var arguments: String

    /// A call.
    public init(id: String, name: String, arguments: String) {
        self.id = id
        self.name = name
        self.arguments = arguments
    }
}
