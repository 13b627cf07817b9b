/// What a model is told before the task: its role and rules, and worked examples.
public struct SystemPrompt: Sendable, Equatable {
    /// Role, rules and the form of the answer.
    public let prompt: String
    /// Tasks with right answers.
    public let examples: [PromptExample]
    /// Without blanks at either end.
    private let rules: String

    /// A system prompt from its parts.
    public init(prompt: String, examples: [PromptExample] = []) {
        self.prompt = prompt
        rules = prompt.trimmingBlanks()
        self.examples = examples
    }

    /// The whole text for the model.
    public var message: String { message(with: examples) }

    /// The same with a few words on what the tasks of a category are.
    func about(_ category: PromptCategory) -> SystemPrompt {
        let purpose = [category.displayName, category.description].map { $0.trimmingBlanks() }.filter { !$0.isEmpty }
        return SystemPrompt(
            prompt: rules + "\n\nВид задачи: " + purpose.joined(separator: ". "),
            examples: examples)
    }

    /// The text with some of the examples.
    func message(with examples: [PromptExample]) -> String {
        let parts = examples.enumerated().map { "Пример \($0 + 1)\n\($1.shown)" }
        return ([rules] + parts).joined(separator: "\n\n")
    }
}
