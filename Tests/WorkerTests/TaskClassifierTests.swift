import Domain
import TestSupport
import Testing
import Worker

@Suite("The category of a task that a client asks about")
struct TaskClassifierTests {
    private func classify(_ text: String, _ model: ScriptedModel) async throws -> CategoryGuess {
        try await onLoop { _ in await TaskClassifier(models: model, prompts: testPrompts).classify(text) }
    }

    @Test("is the model's to say")
    func model() async throws {
        let model = ScriptedModel(.answer(#"{"category":"analysis","confidence":0.8}"#))
        let guess = try await classify("создание", model)
        #expect(guess == CategoryGuess(category: "analysis", confidence: 0.8, source: .model))
        #expect(model.requests.map(\.target) == [.stage(.classification)])
    }

    @Test("is told from the words when the model fails or cannot tell", arguments: [true, false])
    func words(fails: Bool) async throws {
        let step = fails ? ScriptedModel.Step.failure(ModelFailure(.rateLimited, "busy")) : .answer("не знаю")
        let guess = try await classify("создание", ScriptedModel(step))
        #expect(guess.category == "generation" && guess.source == .lexical)
        #expect(guess.confidence > 0 && guess.confidence <= 1)
    }
}
