/// What a command takes beside its options: `gigaoffice jobs show ID`.
struct OperandSpecification<Options: Sendable>: Sendable {
    /// How it stands in the help: `ID`.
    let placeholder: String
    let meaning: String
    let isRequired: Bool
    /// Whether there may be more than one.
    let isRepeatable: Bool
    /// What a right one is, in words that follow "is not".
    let expectation: String
    /// Takes one; false for a wrong one.
    let take: @Sendable (String, inout Options) -> Bool

    /// Operands checked by the rule of a setting and collected in a list.
    static func list<Value>(
        _ placeholder: String, _ property: any WritableKeyPath<Options, [Value]> & Sendable, _ rule: Rule<Value>,
        isRequired: Bool = true, isRepeatable: Bool = false, _ meaning: String
    ) -> Self {
        Self(
            placeholder: placeholder, meaning: meaning, isRequired: isRequired, isRepeatable: isRepeatable,
            expectation: rule.expectation
        ) { text, options in
            guard let value = rule.read(text) else { return false }
            options[keyPath: property].append(value)
            return true
        }
    }

    /// The operand as it is written: `ID…`.
    var written: String {
        let term = isRepeatable ? "\(placeholder)…" : placeholder
        return isRequired ? term : "[\(term)]"
    }
}
