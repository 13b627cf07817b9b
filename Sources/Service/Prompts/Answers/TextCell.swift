import JSON

/// A cell from a text format that has no types.
enum TextCell {
    /// A number where the text is one in JSON's own form (so that `007` and `1 000` stay text), null where it is
    /// blank, otherwise the text.
    static func value(_ text: String) -> JSONValue {
        let text = text.trimmingBlanks()
        if text.isEmpty { return .null }
        guard let number = JSONDecimal(text: text) else { return .string(text) }
        return Int(text).map(JSONValue.integer) ?? .decimal(number)
    }
}
