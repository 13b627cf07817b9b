import JSON

/// Reads the values of a scenario step, and says what is wrong with one.
struct StepReader {
    let members: JSONObject
    private static let longest = 3_600_000

    init(_ value: JSONValue, _ name: String) throws(FakeError) {
        guard let object = value.objectValue else { throw .invalidStep("\(name) is an object") }
        members = object
    }

    static func count(_ value: JSONValue, _ name: String) throws(FakeError) -> Int {
        guard let count = value.intValue, (0...(1 << 30)).contains(count) else {
            throw .invalidStep("\(name) is a whole number, not negative")
        }
        return count
    }

    /// Milliseconds, up to an hour.
    static func duration(_ value: JSONValue, _ name: String) throws(FakeError) -> Duration {
        guard let count = value.intValue, (0...longest).contains(count) else {
            throw .invalidStep("\(name) is in milliseconds, at most an hour")
        }
        return .milliseconds(count)
    }

    /// Milliseconds, up to a day ahead or behind.
    static func offset(_ value: JSONValue, _ name: String) throws(FakeError) -> Duration {
        guard let count = value.intValue, (-86_400_000...86_400_000).contains(count) else {
            throw .invalidStep("\(name) is in milliseconds, at most a day ahead or behind")
        }
        return .milliseconds(count)
    }

    static func text(_ value: JSONValue, _ name: String) throws(FakeError) -> String {
        guard let text = value.stringValue else { throw .invalidStep("\(name) is a string") }
        return text
    }

    /// A text that stays within its line of a head.
    static func line(_ value: JSONValue, _ name: String) throws(FakeError) -> String {
        let text = try text(value, name)
        guard (name + text).utf8.allSatisfy({ $0 != 10 && $0 != 13 }) else {
            throw .invalidStep("\(name) has no line end")
        }
        return text
    }

    static func flag(_ value: JSONValue, _ name: String) throws(FakeError) -> Bool {
        guard let flag = value.boolValue else { throw .invalidStep("\(name) is true or false") }
        return flag
    }
}
