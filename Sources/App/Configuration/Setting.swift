/// One line of the table of settings: a name, what may be written there, what it means and where it goes.
struct Setting: Sendable {
    /// The name in the environment and in `.env`.
    let name: String
    /// The key in the group's JSON file, dots between levels; nil where no file may hold it.
    let key: String?
    /// One sentence that says what the setting does.
    let meaning: String
    /// What a right value is, in words that follow "is not".
    let expectation: String
    /// The default as it would be written; nil where there is none.
    let fallback: String?
    /// Whether no output may show the value.
    let isSecret: Bool
    /// Accepted and checked, but read by nothing in this version.
    let isReserved: Bool
    private let store: @Sendable (String, inout Configuration) -> Stored

    /// What became of a setting's text.
    enum Stored: Equatable {
        /// The text is not a right value; the configuration is unchanged.
        case refused
        /// The value is in place; the text is the value as it may be shown.
        case kept(String?)
    }

    /// A setting that fills a property; the property's initial value is the default.
    init<Value>(
        _ name: String,
        _ property: any WritableKeyPath<Configuration, Value> & Sendable,
        _ rule: Rule<Value>,
        key: String? = nil,
        _ meaning: String
    ) {
        self.init(name, rule, fallback: Configuration()[keyPath: property], key: key, meaning) { value, configuration in
            configuration[keyPath: property] = value
        }
    }

    /// A setting of the contract that nothing reads yet.
    static func reserved<Value>(
        _ name: String,
        _ rule: Rule<Value>,
        default fallback: Value? = nil,
        key: String? = nil,
        _ meaning: String
    ) -> Setting {
        Setting(name, rule, fallback: fallback, key: key, meaning, keep: nil)
    }

    private init<Value>(
        _ name: String,
        _ rule: Rule<Value>,
        fallback: Value?,
        key: String?,
        _ meaning: String,
        keep: (@Sendable (Value, inout Configuration) -> Void)?
    ) {
        self.name = name
        self.key = key
        self.meaning = meaning
        expectation = rule.expectation
        self.fallback = fallback.flatMap(rule.write)
        isSecret = rule.isSecret
        isReserved = keep == nil
        store = { text, configuration in
            guard let value = rule.read(text) else { return .refused }
            keep?(value, &configuration)
            return .kept(rule.write(value))
        }
    }

    /// Puts the text's value into the configuration. Spaces around it do not count, except in a secret.
    func apply(_ text: String, to configuration: inout Configuration) -> Stored {
        store(isSecret ? text : text.trimmed, &configuration)
    }
}
