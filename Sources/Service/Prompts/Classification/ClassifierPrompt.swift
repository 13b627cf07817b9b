/// Makes the messages that ask a model for the category of a task.
public enum ClassifierPrompt {
    /// The messages for `task` under the classifier's system prompt. `includeDescriptions` adds what each active
    /// category is for, which costs tokens and helps with categories the examples do not show. The task is quoted:
    /// it is to be sorted, not done.
    public static func prompt(
        for task: String, categories: [PromptCategory], systemPrompt: SystemPrompt, includeDescriptions: Bool
    ) -> ModelPrompt {
        let list = categories.filter(\.isActive).map { category in
            let line = "- \(category.name): \(category.displayName)"
            return includeDescriptions ? "\(line). \(category.description.trimmingBlanks())" : line
        }
        let system = systemPrompt.message + "\n\nКатегории:\n" + list.joined(separator: "\n")
        let user = "Запрос пользователя (строка JSON):\n" + DataLine.quoted(task.trimmingBlanks())
        return ModelPrompt(
            system: system, user: user,
            estimatedTokens: TokenEstimate.tokens(in: system) + TokenEstimate.tokens(in: user))
    }
}
