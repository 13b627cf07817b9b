/// Makes the messages for a task. The parts come in a fixed order: date, task, source range, source data, wished
/// output. Cells are data: they stand in a block they cannot break out of (see `DataLine`).
public struct PromptBuilder: Sendable {
    /// How many tokens both messages together may cost, by `TokenEstimate`.
    public let tokenBudget: Int

    /// A builder for models that take prompts of at most `tokenBudget` tokens, which must be positive.
    public init(tokenBudget: Int) {
        precondition(tokenBudget > 0, "a prompt needs a budget")
        self.tokenBudget = tokenBudget
    }

    /// The messages for `task` under a category's system prompt with the examples nearest to it. Of a table too large
    /// for the budget, whole rows in the middle are left out; the prompt says which, and gives figures for the columns
    /// over all rows.
    public func prompt(for task: PromptTask, systemPrompt: SystemPrompt) -> ModelPrompt {
        let examples = ExampleChoice.nearest(
            to: task.text, among: systemPrompt.exampleSet, tokenBudget: tokenBudget)
        let system = systemPrompt.message(with: examples)
        var user = [CostedText("Дата: \(task.date)\n\nЗадача:\n\(task.text.trimmingBlanks())\n\n")]
        if let range = task.sourceRange { user.append(CostedText("Исходный диапазон: \(Self.range(range))\n\n")) }
        let wished = CostedText(Self.wishedOutput(task.outputRange))
        let fixedTokens = system.tokens + CostedText.tokens(of: user + [wished])
        let data = SourceBlock(task.source, tokenBudget: tokenBudget - fixedTokens)
        user += data.parts
        user.append(.blankLine)
        user.append(wished)
        let message = CostedText(joining: user)
        return ModelPrompt(
            system: system.text, user: message.text, estimatedTokens: system.tokens + message.tokens,
            omittedRows: data.omittedRows)
    }

    private static func wishedOutput(_ outputRange: String?) -> String {
        guard let outputRange else { return "Диапазон для результата: не задан, размер таблицы выбери по задаче." }
        return "Диапазон для результата: \(range(outputRange))"
    }

    /// A range with its size, or any other text as a JSON string, so that it stays one line. The name of a sheet may
    /// hold what must not stand in a prompt as it is.
    private static func range(_ text: String) -> String {
        guard let range = CellRange(text) else { return DataLine.quoted(text) }
        let shown = range.description
        guard DataLine.isPlain(shown) else { return DataLine.quoted(text) }
        return range.isUnbounded ? shown : "\(shown) (строк: \(range.rowCount), столбцов: \(range.columnCount))"
    }
}
