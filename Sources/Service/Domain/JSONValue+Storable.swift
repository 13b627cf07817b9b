import JSON

extension JSONValue {
    /// The value with every text storable, and as text every number that PostgreSQL could not hold. For what a model
    /// wrote: an answer that was paid for is not thrown away for one odd cell.
    var storable: JSONValue { isStorable ? self : replaced }

    /// Whether all of it can be stored as it is, which is what nearly every answer is: then nothing is copied.
    private var isStorable: Bool {
        switch self {
        case .null, .bool, .integer: true
        case .decimal(let number): number.plainDigitCount <= JobInput.maximumNumberDigits
        case .string(let text): !text.containsNUL
        case .array(let elements): elements.allSatisfy(\.isStorable)
        case .object(let object): object.allSatisfy { !$0.key.containsNUL && $0.value.isStorable }
        }
    }

    private var replaced: JSONValue {
        switch self {
        case .null, .bool, .integer: self
        case .decimal(let number): isStorable ? self : .string(number.text)
        case .string(let text): .string(text.storable)
        case .array(let elements): .array(elements.map(\.replaced))
        case .object(let object): .object(JSONObject(object.map { ($0.key.storable, $0.value.replaced) }))
        }
    }
}
