/// How the text of one setting becomes a value, and how the value is written back.
struct Rule<Value: Sendable>: Sendable {
    /// What a right value is, in words that follow "is not".
    let expectation: String
    /// Whether the value must not be shown.
    let isSecret: Bool
    /// The value of a text that is not empty; nil for a wrong one.
    let read: @Sendable (String) -> Value?
    /// The text that reads as this value; nil where there is none.
    let write: @Sendable (Value) -> String?

    init(
        _ expectation: String,
        isSecret: Bool = false,
        read: @escaping @Sendable (String) -> Value?,
        write: @escaping @Sendable (Value) -> String?
    ) {
        self.expectation = expectation
        self.isSecret = isSecret
        self.read = read
        self.write = write
    }

    /// The same rule for a value that need not be there.
    static func optional<Wrapped>(_ rule: Rule<Wrapped>) -> Self where Value == Wrapped? {
        Rule(rule.expectation, isSecret: rule.isSecret) { text in
            // Without the map a refused text would be promoted to a value that is not there.
            rule.read(text).map { .some($0) }
        } write: {
            $0.flatMap(rule.write)
        }
    }
}

extension Rule where Value: RawRepresentable & CaseIterable, Value.RawValue == String {
    /// One of the type's cases, in any letter case.
    static var choice: Self {
        let names = Value.allCases.map(\.rawValue).joined(separator: ", ")
        return Rule("one of: \(names)") { text in
            Value.allCases.first { $0.rawValue.lowercased() == text.lowercased() }
        } write: {
            $0.rawValue
        }
    }
}

extension Rule where Value == Bool {
    /// Yes or no, in the spellings people use.
    static var flag: Self {
        Rule("true or false (also 1, yes, on; 0, no, off)") { text in
            switch text.lowercased() {
            case "true", "1", "yes", "on": true
            case "false", "0", "no", "off": false
            default: nil
            }
        } write: {
            $0 ? "true" : "false"
        }
    }
}

extension Rule where Value == Secret {
    /// Longer than any token or key password in use, and short enough for every place it goes to.
    private static var maxBytes: Int { 16_384 }

    /// Text that is kept as it is, spaces too.
    static var secret: Self {
        Rule("1 to \(maxBytes) bytes of text without a NUL", isSecret: true) { text in
            text.utf8.count <= maxBytes && !text.utf8.contains(0) ? Secret(text) : nil
        } write: { _ in
            Secret.mask
        }
    }
}
