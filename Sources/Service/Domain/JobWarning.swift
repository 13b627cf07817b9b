public import JSON

/// Something about a result that a person should look at before relying on it.
public struct JobWarning: Sendable, Equatable {
    /// A name for programs: `aggregate_differs`, `larger_than_output_range`.
    public let code: String
    /// For a person, in Russian.
    public let message: String

    /// A warning from its parts, made storable as `JobOutput` makes its texts.
    public init(code: String, message: String) {
        self.code = code.storable
        self.message = message.storable
    }

    /// As clients and consumers get it, and as it is stored.
    public var json: JSONValue { ["code": .string(code), "message": .string(message)] }

    /// Reads what `json` has written; nil for anything else.
    public init?(_ json: JSONValue) {
        guard case .object(let members) = json, case .string(let code)? = members["code"],
            case .string(let message)? = members["message"]
        else { return nil }
        self.init(code: code, message: message)
    }
}
