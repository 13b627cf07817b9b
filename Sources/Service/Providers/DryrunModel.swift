public import Domain
import EventLoop
import JSON

/// A model that is none: it answers with what it was given, so that everything around it can be tried without an
/// account. Costs 18 tokens and a configurable delay. To be used from loop tasks.
public struct DryrunModel: LanguageModel {
    private let delay: Duration
    private let script: DryrunScript?

    /// Answers after `delay`, or does what `script` says.
    public init(delay: Duration, script: DryrunScript? = nil) {
        self.delay = delay
        self.script = script
    }

    /// `dryrun`.
    public var provider: String { "dryrun" }

    /// Classifies everything as generation; generates a table of labels and what stands behind them.
    public func complete(_ request: ModelRequest) async throws(JobFailure) -> ModelAnswer {
        let step = request.purpose == .generation ? script?.step(request.attempt) : nil
        await pause(delay + (step?.delay ?? .zero))
        if Task.isCancelled { throw JobFailure(.transport, "Запрос прерван", isRetryable: true) }
        if let failure = step?.failure { throw failure }
        let text =
            switch request.purpose {
            case .classification: #"{"category":"generation","confidence":0.9}"#
            case .generation where step?.isUnreadable == true: "[[\"неполный\","
            case .generation: JSONValue.array(rows(request)).description
            }
        return ModelAnswer(text: text, model: "dryrun", tokens: TokenUsage(prompt: 10, completion: 8))
    }

    private func pause(_ delay: Duration) async {
        guard delay > .zero, let loop = EventLoop.current else { return }
        do {
            try await loop.sleep(for: delay)
        } catch {
            // The caller sees the cancellation.
        }
    }

    private func rows(_ request: ModelRequest) -> [JSONValue] {
        let input = request.input
        let parts: [(String, String?)] = [
            ("Запрос", input.query), ("Диапазон", input.inputRange), ("Категория", input.category),
            ("Данные", input.data?.description), ("Системный промпт", request.systemPrompt),
            ("Пользовательский промпт", request.userPrompt),
        ]
        return parts.map { label, text in
            .array([.string(label), text.map(JSONValue.string) ?? .null])
        }
    }
}
