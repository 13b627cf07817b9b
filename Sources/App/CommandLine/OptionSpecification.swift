/// One option of a command: how it is written, what it means, and what it does to the command's options.
struct OptionSpecification<Options: Sendable>: Sendable {
    /// With its hyphens: `--port`.
    let name: String
    /// What stands for the value in the help; nil for an option without one.
    let placeholder: String?
    let meaning: String
    /// What holds without the option; nil where that needs no words.
    let fallback: String?
    /// What a right value is, in words that follow "is not".
    let expectation: String
    /// Takes the value (empty for an option without one); false for a wrong one.
    let take: @Sendable (String, inout Options) -> Bool

    /// An option that is either there or not.
    static func flag(_ name: String, _ property: any WritableKeyPath<Options, Bool> & Sendable, _ meaning: String)
        -> Self
    {
        Self(name: name, placeholder: nil, meaning: meaning, fallback: nil, expectation: "") { _, options in
            options[keyPath: property] = true
            return true
        }
    }

    /// An option with a value, checked by the rule of a setting.
    static func value<Value>(
        _ name: String,
        _ placeholder: String,
        _ property: any WritableKeyPath<Options, Value> & Sendable,
        _ rule: Rule<Value>,
        default fallback: String? = nil,
        _ meaning: String
    ) -> Self {
        Self(
            name: name, placeholder: placeholder, meaning: meaning, fallback: fallback, expectation: rule.expectation
        ) { text, options in
            guard let value = rule.read(text) else { return false }
            options[keyPath: property] = value
            return true
        }
    }

    /// The option as it is written: `--port N`.
    var written: String {
        placeholder.map { "\(name) \($0)" } ?? name
    }
}
