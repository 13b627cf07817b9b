extension JSONValue {
    /// Whether this is `null`.
    public var isNull: Bool {
        if case .null = self { true } else { false }
    }

    /// The flag, if this is a boolean.
    public var boolValue: Bool? {
        if case .bool(let value) = self { value } else { nil }
    }

    /// The number, if it is a whole one that fits `Int`, however written: `5`, `5.0` and `50e-1` are all 5.
    public var intValue: Int? {
        switch self {
        case .integer(let value): value
        case .decimal(let value): value.intValue
        default: nil
        }
    }

    /// The nearest double, if this is a number within the finite range of `Double`.
    public var doubleValue: Double? {
        switch self {
        case .integer(let value): Double(value)
        case .decimal(let value): value.doubleValue.isFinite ? value.doubleValue : nil
        default: nil
        }
    }

    /// The text, if this is a string. Numbers are not turned into text.
    public var stringValue: String? {
        if case .string(let value) = self { value } else { nil }
    }

    /// The elements, if this is an array.
    public var arrayValue: [JSONValue]? {
        if case .array(let value) = self { value } else { nil }
    }

    /// The members, if this is an object.
    public var objectValue: JSONObject? {
        if case .object(let value) = self { value } else { nil }
    }

    /// The member of that name; nil if there is none or this is no object.
    public subscript(key: String) -> JSONValue? {
        if case .object(let value) = self { value[key] } else { nil }
    }

    /// The element at that place; nil if it is out of bounds or this is no array.
    public subscript(index: Int) -> JSONValue? {
        guard case .array(let elements) = self, elements.indices.contains(index) else { return nil }
        return elements[index]
    }
}
