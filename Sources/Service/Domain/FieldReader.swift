import JSON

/// Reads the fields of a JSON object one by one and gathers every fault.
struct FieldReader {
    let object: JSONObject
    private(set) var faults: [InputFault] = []

    init(_ object: JSONObject) {
        self.object = object
    }

    mutating func fault(_ field: String, _ kind: InputFault.Kind, _ message: String) {
        faults.append(InputFault([field], kind, message))
    }

    /// A text that is not blank.
    mutating func required(_ field: String, atMost limit: Int) -> String {
        guard object[field] != nil else {
            fault(field, .missing, "field required")
            return ""
        }
        let count = faults.count
        let text = optional(field, atMost: limit, allowsNull: false) ?? ""
        if faults.count == count, text.unicodeScalars.allSatisfy(\.isBlank) {
            fault(field, .tooShort, "must not be empty")
        }
        return text
    }

    /// A text, or nil when the field is missing or null.
    mutating func optional(_ field: String, atMost limit: Int, allowsNull: Bool = true) -> String? {
        guard let value = object[field], !(allowsNull && value.isNull) else { return nil }
        guard case .string(let text) = value else {
            fault(field, .wrongType, "must be a string, not \(value.kindName)")
            return nil
        }
        if text.containsNUL { fault(field, .nulCharacter, "must not hold the NUL character") }
        if text.utf8.count > limit, text.unicodeScalars.count > limit {
            fault(field, .tooLong, "must be at most \(limit) characters long")
        }
        return text
    }

    /// True or false, or nil when the field is missing or null.
    mutating func flag(_ field: String) -> Bool? {
        guard let value = object[field], !value.isNull else { return nil }
        guard case .bool(let flag) = value else {
            fault(field, .wrongType, "must be true or false, not \(value.kindName)")
            return nil
        }
        return flag
    }

    /// A whole number, or nil when the field is missing or null.
    mutating func number(_ field: String, in range: ClosedRange<Int>) -> Int? {
        guard let value = object[field], !value.isNull else { return nil }
        guard let number = value.intValue else {
            fault(field, .wrongType, "must be an integer, not \(value.kindName)")
            return nil
        }
        if !range.contains(number) {
            fault(field, .outOfRange, "must be from \(range.lowerBound) to \(range.upperBound)")
        }
        return number
    }

    /// The value, if nothing was wrong.
    func result<Value>(_ value: Value) -> Result<Value, InputFaults> {
        faults.isEmpty ? .success(value) : .failure(InputFaults(list: faults))
    }
}
