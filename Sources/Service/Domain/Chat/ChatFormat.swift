public import JSON

/// The form that an answer must have.
public enum ChatFormat: Sendable, Equatable {
    /// Any text.
    case text
    /// A JSON object of any shape.
    case jsonObject
    /// A JSON value of the shape that the JSON Schema describes; `isStrict` lets the model give nothing else.
    case jsonSchema(name: String, schema: JSONValue, isStrict: Bool)
}
