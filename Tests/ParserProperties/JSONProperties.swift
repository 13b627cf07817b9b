import JSON

/// What must hold for every text that the JSON parser is given.
public enum JSONProperties {
    private static let shallowDepth = 4

    /// Throws when the parser or the writer breaks a promise on this text.
    public static func check(_ text: [UInt8]) throws(Violation) {
        let outcome = parse(text)
        try checkShallow(text, outcome)
        switch outcome {
        case .success(let value):
            try checkRoundTrip(value)
            try checkMoved(text, value)
            try checkNumbers(value)
        case .failure(let error):
            try Violation.unless(0...text.count ~= error.offset, "an error at \(error.offset) of \(text.count)")
            try Violation.unless(error.line >= 1 && error.column >= 1, "an error in \(error.line):\(error.column)")
        }
    }

    private static func parse(_ text: [UInt8], depth: Int = 128) -> Result<JSONValue, JSONParseError> {
        do throws(JSONParseError) {
            return .success(try JSONParser(maximumDepth: depth).parse(text))
        } catch {
            return .failure(error)
        }
    }

    /// A lower limit of depth changes nothing but that deep texts are refused.
    private static func checkShallow(
        _ text: [UInt8], _ outcome: Result<JSONValue, JSONParseError>
    ) throws(Violation) {
        let shallow = parse(text, depth: shallowDepth)
        if case .failure(let error) = shallow, error.reason == .tooDeep { return }
        try Violation.unless(shallow == outcome, "the limit of depth changed the outcome")
    }

    private static func checkRoundTrip(_ value: JSONValue) throws(Violation) {
        let written = value.serialized()
        guard case .success(let again) = parse(written) else {
            throw Violation(description: "what was written cannot be read")
        }
        try Violation.unless(again == value, "a value changed by being written")
        try Violation.unless(again.serialized() == written, "a written text changed by being read")
    }

    /// The same text at another place in memory, with white space around it, has the same value.
    private static func checkMoved(_ text: [UInt8], _ value: JSONValue) throws(Violation) {
        guard case .success(value) = parse([0x20, 0x0A, 0x09] + text + [0x0D, 0x0A]) else {
            throw Violation(description: "white space around a text changed its value")
        }
    }

    private static func checkNumbers(_ value: JSONValue) throws(Violation) {
        switch value {
        case .decimal(let decimal):
            try Violation.unless(JSONDecimal(text: decimal.text) == decimal, "no number by itself: \(decimal)")
            try Violation.unless(!decimal.doubleValue.isNaN, "a number that is no double: \(decimal)")
            guard let integer = decimal.intValue else { return }
            try Violation.unless(Double(integer) == decimal.doubleValue, "\(decimal) is not \(integer)")
        case .array(let elements):
            for element in elements { try checkNumbers(element) }
        case .object(let members):
            for (key, member) in members {
                try checkNumbers(member)
                try Violation.unless(members[key] == member, "a member is not found by its key")
            }
        default: break
        }
    }
}
