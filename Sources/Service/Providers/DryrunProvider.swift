public import Domain
import EventLoop
import JSON

/// A provider that has no model: it answers with what it was given, so that everything around it can be tried without
/// an account. To be used from loop tasks.
public struct DryrunProvider: ModelProvider {
    private let delay: Duration
    private let script: DryrunScript?
    private static let id = "dryrun"
    static let cancelled = ModelFailure(.cancelled, "the caller is gone", provider: id)

    /// Answers after `delay`, or does what `script` says. Classifying a job is never scripted.
    public init(delay: Duration, script: DryrunScript? = nil) {
        self.delay = delay
        self.script = script
    }

    /// `dryrun`.
    public var name: String { Self.id }

    /// Conversations, whole and in pieces, and vectors.
    public var capabilities: ModelDescription.Capabilities { [.chat, .streaming, .embeddings] }

    /// For a job: classifies it as generation, or generates a table of labels and what stands behind them, at 18
    /// tokens. For a conversation: `echo: ` and what the person said last. Tools are not called.
    public func complete(
        _ request: ChatRequest, model: String, budget: Duration
    ) async throws(ModelFailure) -> ChatResult {
        let stage = request.target.stage
        let step = try await begin(request.context, budget, isScripted: stage != .classification)
        let text =
            if stage == .classification {
                #"{"category":"generation","confidence":0.9}"#
            } else if step?.isUnreadable == true {
                "[[\"неполный\","
            } else if let job = request.job {
                JSONValue.array(Self.rows(job, request.messages)).description
            } else {
                "echo: " + (request.messages.last { $0.role == .user }?.text ?? "")
            }
        return ChatResult(text: text, end: end(of: request, text))
    }

    /// The same answer in pieces.
    public func stream(
        _ request: ChatRequest, model: String, budget: Duration
    ) async throws(ModelFailure) -> any ChatStream {
        DryrunStream(try await complete(request, model: model, budget: budget))
    }

    /// Vectors of eight numbers from 0 to 1 that depend on the text's bytes only.
    public func embed(
        _ request: EmbeddingRequest, model: String, budget: Duration
    ) async throws(ModelFailure) -> EmbeddingResult {
        let step = try await begin(request.context, budget)
        if step?.isUnreadable == true { throw ModelFailure(.malformed, "scripted", provider: name) }
        return EmbeddingResult(
            vectors: request.inputs.map(Self.vector), promptTokens: request.inputs.reduce(0) { $0 + Self.tokens($1) },
            model: Self.id, provider: name)
    }

    /// The one model, `dryrun`.
    public func models(budget: Duration) async throws(ModelFailure) -> [ModelDescription] {
        [ModelDescription(provider: name, id: Self.id, capabilities: capabilities)]
    }

    /// There is nothing that could be missing.
    public func standing() -> ProviderStanding { ProviderStanding(isUsable: true) }

    /// Waits as long as the answer takes, and fails where the script says so.
    private func begin(
        _ context: CallContext, _ budget: Duration, isScripted: Bool = true
    ) async throws(ModelFailure) -> DryrunScript.Step? {
        let step = isScripted ? script?.step(context.attempt) : nil
        let time = delay + (step?.delay ?? .zero)
        try await pause(min(time, budget))
        if time > budget { throw ModelFailure(.timeout, "the answer takes longer than it may", provider: name) }
        if let failure = step?.failure { throw failure }
        return step
    }

    private func pause(_ time: Duration) async throws(ModelFailure) {
        do {
            if time > .zero { try await EventLoop.current?.sleep(for: time) }
        } catch {
            throw Self.cancelled
        }
        if Task.isCancelled { throw Self.cancelled }
    }

    private func end(of request: ChatRequest, _ text: String) -> ChatEnd {
        let isJob = request.job != nil
        let prompt = isJob ? 10 : request.messages.reduce(0) { $0 + Self.tokens($1.text) }
        return ChatEnd(
            reason: .stop, tokens: TokenUsage(prompt: prompt, completion: isJob ? 8 : Self.tokens(text)),
            model: Self.id, provider: name)
    }

    private static func rows(_ job: JobInput, _ messages: [ChatMessage]) -> [JSONValue] {
        let parts: [(String, String?)] = [
            ("Запрос", job.query), ("Диапазон", job.inputRange), ("Категория", job.category),
            ("Данные", job.data?.description),
            ("Системный промпт", messages.first { $0.role == .system }?.text),
            ("Пользовательский промпт", messages.last { $0.role == .user }?.text),
        ]
        return parts.map { label, text in .array([.string(label), text.map(JSONValue.string) ?? .null]) }
    }

    /// A token for every four characters begun.
    private static func tokens(_ text: String) -> Int { (text.count + 3) / 4 }

    private static func vector(_ text: String) -> [Double] {
        var sums = [Int](repeating: 0, count: 8)
        for (place, byte) in text.utf8.enumerated() { sums[place % 8] = (sums[place % 8] * 31 + Int(byte)) % 1000 }
        return sums.map { Double($0) / 1000 }
    }
}
