import HTTP
import JSON

/// Collects everything that is wrong with a request's body, so that the client hears of it all at once.
struct FieldFaults {
    private struct Fault {
        let path: FieldPath
        let code: String
        let phrase: Phrase
    }

    private var faults: [Fault] = []
    /// More are counted, but not listed.
    private static let maximumListed = 10
    private var unlisted = 0

    var isEmpty: Bool { faults.isEmpty }

    mutating func add(_ path: FieldPath, _ phrase: Phrase, code: String = "invalid_value") {
        if faults.count < Self.maximumListed {
            faults.append(Fault(path: path, code: code, phrase: phrase))
        } else {
            unlisted += 1
        }
    }

    /// One error that names every fault; it is about the first one's field. Nil when there are none.
    var error: OpenAIError? {
        guard let first = faults.first else { return nil }
        let more = unlisted > 0 ? "; +\(unlisted)" : ""
        let message = Phrase(
            faults.map { "\($0.path.text): \($0.phrase.russian)" }.joined(separator: "; ") + more,
            faults.map { "\($0.path.text): \($0.phrase.english)" }.joined(separator: "; ") + more)
        return OpenAIError(.badRequest, .invalidRequest, message, param: first.path.text, code: first.code)
    }
}

/// Reading single values. Absent and null are the same everywhere in this protocol: nil, and no fault.
extension FieldFaults {
    mutating func wrongType(_ path: FieldPath, _ value: JSONValue, _ expected: Phrase) {
        add(
            path,
            Phrase(
                "должно быть: \(expected.russian), а не \(value.kindName)",
                "must be \(expected.english), not \(value.kindName)"),
            code: "invalid_type")
    }

    mutating func missing(_ path: FieldPath) {
        add(path, Phrase("обязательное поле", "field required"), code: "missing_required_parameter")
    }

    mutating func string(_ value: JSONValue?, _ path: FieldPath) -> String? {
        guard let value, !value.isNull else { return nil }
        if let text = value.stringValue { return text }
        wrongType(path, value, .aString)
        return nil
    }

    mutating func bool(_ value: JSONValue?, _ path: FieldPath) -> Bool? {
        guard let value, !value.isNull else { return nil }
        if let flag = value.boolValue { return flag }
        wrongType(path, value, .aBoolean)
        return nil
    }

    mutating func integer(_ value: JSONValue?, _ path: FieldPath, in bounds: ClosedRange<Int>) -> Int? {
        guard let value, !value.isNull else { return nil }
        guard let number = value.intValue else {
            wrongType(path, value, .anInteger)
            return nil
        }
        if bounds.contains(number) { return number }
        add(path, .between("\(bounds.lowerBound)", "\(bounds.upperBound)"))
        return nil
    }

    mutating func number(_ value: JSONValue?, _ path: FieldPath, in bounds: ClosedRange<Double>) -> Double? {
        guard let value, !value.isNull else { return nil }
        guard let number = value.doubleValue else {
            wrongType(path, value, .aNumber)
            return nil
        }
        if bounds.contains(number) { return number }
        add(path, .between("\(Int(bounds.lowerBound))", "\(Int(bounds.upperBound))"))
        return nil
    }

    mutating func object(_ value: JSONValue?, _ path: FieldPath) -> JSONObject? {
        guard let value, !value.isNull else { return nil }
        if case .object(let object) = value { return object }
        wrongType(path, value, .anObject)
        return nil
    }

    /// An object that has to be there, as an element of a list has.
    mutating func requiredObject(_ value: JSONValue, _ path: FieldPath) -> JSONObject? {
        if case .object(let object) = value { return object }
        wrongType(path, value, .anObject)
        return nil
    }

    /// A list of at most `limit` elements.
    mutating func array(_ value: JSONValue?, _ path: FieldPath, atMost limit: Int) -> [JSONValue]? {
        guard let value, !value.isNull else { return nil }
        guard case .array(let elements) = value else {
            wrongType(path, value, .anArray)
            return nil
        }
        if elements.count <= limit { return elements }
        add(path, .atMostElements(limit), code: "array_above_max_length")
        return nil
    }

    /// A function's or schema's name, which providers restrict alike.
    mutating func name(_ value: JSONValue?, _ path: FieldPath) -> String? {
        guard let value, !value.isNull else {
            missing(path)
            return nil
        }
        guard let text = string(value, path) else { return nil }
        if (1...64).contains(text.utf8.count), text.utf8.allSatisfy(Self.isNameByte) { return text }
        add(path, .aName)
        return nil
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
            true
        default: false
        }
    }
}
