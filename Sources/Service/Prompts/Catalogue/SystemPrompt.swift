/// What a model is told before the task: its role and rules, and worked examples.
public struct SystemPrompt: Sendable, Equatable {
    /// Role, rules and the form of the answer.
    public let prompt: String
    /// Tasks with right answers.
    public var examples: [PromptExample] { exampleSet.all }
    /// The same with what the choice among them needs.
    let exampleSet: ExampleSet
    /// The prompt without blanks at either end.
    private let rules: CostedText

    /// A system prompt from its parts.
    public init(prompt: String, examples: [PromptExample] = []) {
        self.init(prompt: prompt, examples: ExampleSet(examples))
    }

    private init(prompt: String, examples: ExampleSet) {
        self.prompt = prompt
        rules = CostedText(prompt.trimmingBlanks())
        exampleSet = examples
    }

    /// The whole text for the model.
    public var message: String { message(with: examples).text }

    /// The same with a few words on what the tasks of a category are.
    func about(_ category: PromptCategory) -> SystemPrompt {
        let purpose = [category.displayName, category.description].map { $0.trimmingBlanks() }.filter { !$0.isEmpty }
        return SystemPrompt(
            prompt: rules.text + "\n\nВид задачи: " + purpose.joined(separator: ". "), examples: exampleSet)
    }

    /// The text with some of the examples.
    func message(with examples: [PromptExample]) -> CostedText {
        var message: [CostedText] = []
        message.reserveCapacity(2 * examples.count + 1)
        message.append(rules)
        for (index, example) in examples.enumerated() {
            message.append(CostedText("\n\nПример " + String(index + 1) + "\n"))
            message.append(example.shown)
        }
        return CostedText(joining: message)
    }

    /// Whether both say the same: all else follows from that.
    public static func == (left: SystemPrompt, right: SystemPrompt) -> Bool {
        left.prompt == right.prompt && left.exampleSet == right.exampleSet
    }
}
