public import JSON

/// A text whose category somebody asks for.
public struct ClassifyTask: Sendable, Equatable {
    /// The task in a person's words; as long as a query may be.
    public let text: String
    /// Whether the category's description is wanted; it is unless the client says no.
    public let includesDescriptions: Bool

    /// Reads what a client sent, or finds every fault. Unknown fields are ignored.
    public static func read(_ object: JSONObject) -> Result<ClassifyTask, InputFaults> {
        var fields = FieldReader(object)
        let task = ClassifyTask(
            text: fields.required("prompt_text", atMost: JobInput.maximumQueryLength),
            includesDescriptions: fields.flag("include_descriptions") ?? true)
        return fields.result(task)
    }
}
