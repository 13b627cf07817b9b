public import JSON

/// A tool that the model may ask to have called.
public struct ChatTool: Sendable, Equatable {
    /// The name that the model calls it by.
    public var name: String
    /// What it does, for the model.
    public var description: String?
    /// A JSON Schema of its arguments; nil for none.
    public var parameters: JSONValue?

    /// Whether and which tools the model has to use.
    public enum Choice: Sendable, Equatable {
        /// As the model likes.
        case automatic
        /// None.
        case none
        /// At least one.
        case required
        /// The one of this name.
        case named(String)
    }

    /// A tool.
    public init(name: String, description: String? = nil, parameters: JSONValue? = nil) {
        self.name = name
        self.description = description
        self.parameters = parameters
    }
}
