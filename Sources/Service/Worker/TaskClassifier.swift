public import Domain
public import Prompts

/// Finds the category of a task for clients who ask for that alone: by the model and, where it fails or cannot tell, by
/// the words of the task.
public struct TaskClassifier: CategoryClassifier {
    private let models: any ChatModel
    private let library: PromptLibrary
    private let words: LexicalClassifier
    /// A person waits for the answer.
    private static let patience = Duration.seconds(15)

    /// Asks `models` with the classifier's prompt of `library`.
    public init(models: any ChatModel, library: PromptLibrary) {
        self.models = models
        self.library = library
        words = LexicalClassifier(library)
    }

    /// See `CategoryClassifier`. Waits for the model for 15 s at most.
    public func classify(_ text: String) async -> CategoryGuess {
        let prompt = ClassifierPrompt.prompt(
            for: text, categories: library.activeCategories, systemPrompt: library.classifier,
            includeDescriptions: true)
        let request = ChatRequest(
            .stage(.classification), [ChatMessage(.system, prompt.system), ChatMessage(.user, prompt.user)],
            context: CallContext(requestID: "classify", timeBudget: Self.patience))
        do throws(ModelFailure) {
            let answer = try await models.complete(request)
            let parsed = CategoryAnswer.parse(answer.text, categories: library.activeCategories)
            if parsed.category != PromptCategory.uncertainName {
                return CategoryGuess(category: parsed.category, confidence: parsed.confidence, source: .model)
            }
        } catch {
            // The router has logged why; words are better than nothing.
            return guessByWords(text)
        }
        return guessByWords(text)
    }

    private func guessByWords(_ text: String) -> CategoryGuess {
        let answer = words.classify(text)
        return CategoryGuess(category: answer.category, confidence: answer.confidence, source: .lexical)
    }
}
