public import Domain
import Prompts

/// Finds the category of a task for clients who ask for that alone: by the model and, where it fails or cannot tell, by
/// the words of the task.
public struct TaskClassifier: CategoryClassifier {
    private let models: any ChatModel
    private let prompts: any PromptSource
    /// A person waits for the answer.
    private static let patience = Duration.seconds(15)

    /// Asks `models` with the classifier's prompt and the categories that count at the time.
    public init(models: any ChatModel, prompts: any PromptSource) {
        self.models = models
        self.prompts = prompts
    }

    /// See `CategoryClassifier`. Waits for the model for 15 s at most.
    public func classify(_ text: String) async -> CategoryGuess {
        let known = prompts.current
        let library = known.library
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
            return Self.guess(text, by: known.words)
        }
        return Self.guess(text, by: known.words)
    }

    private static func guess(_ text: String, by words: LexicalClassifier) -> CategoryGuess {
        let answer = words.classify(text)
        return CategoryGuess(category: answer.category, confidence: answer.confidence, source: .lexical)
    }
}
