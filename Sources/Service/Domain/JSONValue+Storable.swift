import JSON

extension JSONValue {
    /// The value with every text storable, and as text every number that PostgreSQL could not hold. For what a model
    /// wrote: an answer that was paid for is not thrown away for one odd cell.
    var storable: JSONValue {
        switch self {
        case .null, .bool, .integer: self
        case .decimal(let number): number.plainDigitCount > JobInput.maximumNumberDigits ? .string(number.text) : self
        case .string(let text): .string(text.storable)
        case .array(let elements): .array(elements.map(\.storable))
        case .object(let object): .object(JSONObject(object.map { ($0.key.storable, $0.value.storable) }))
        }
    }
}
