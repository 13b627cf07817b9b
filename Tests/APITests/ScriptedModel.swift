import Domain
import EventLoop
import TestSupport

/// Answers as the test has told it to, and keeps what it was asked.
final class ScriptedModel: ChatModel {
    struct Script {
        var result = ChatResult(text: "Привет", end: .sample)
        var events: [ChatEvent] = [.text("При"), .text("вет")]
        var end = ChatEnd.sample
        /// Thrown instead of an answer.
        var failure: ModelFailure?
        /// Thrown after the last event instead of an end.
        var laterFailure: ModelFailure?
        /// Whether an answer never comes, or never ends, until its task is cancelled.
        var hangs = false
        var knowsSource = true
        var vectors: [[Double]] = [[0.5, -1]]
        var listing = ModelListing()
        var request: ChatRequest?
        var embedding: EmbeddingRequest?
        var cancellations = 0
        var closings = 0
    }

    let script = Lock(Script())
    private let asked = Gate()

    /// Returns when somebody waits for an answer that never comes.
    func waitUntilAsked() async { await asked.wait() }

    func set(_ change: (inout Script) -> Void) {
        script.withLock { change(&$0) }
    }

    var now: Script { script.withLock { $0 } }

    func complete(_ request: ChatRequest) async throws(ModelFailure) -> ChatResult {
        set { $0.request = request }
        try await hang()
        if let failure = now.failure { throw failure }
        return now.result
    }

    func stream(_ request: ChatRequest) async throws(ModelFailure) -> any ChatStream {
        set { $0.request = request }
        if let failure = now.failure { throw failure }
        return ScriptedStream(self)
    }

    func embed(_ request: EmbeddingRequest) async throws(ModelFailure) -> EmbeddingResult {
        set { $0.embedding = request }
        if let failure = now.failure { throw failure }
        return EmbeddingResult(vectors: now.vectors, promptTokens: 7, model: "Embeddings", provider: "gigachat")
    }

    func models() async -> ModelListing { now.listing }

    func hang() async throws(ModelFailure) {
        guard now.hangs else { return }
        asked.open()
        do {
            try await Task.sleep(for: .seconds(600))
        } catch {
            set { $0.cancellations += 1 }
            throw ModelFailure(.cancelled, "the task was cancelled")
        }
    }
}

final class ScriptedStream: ChatStream {
    private let model: ScriptedModel
    private var rest: ArraySlice<ChatEvent>
    private var isClosed = false
    private(set) var end: ChatEnd?

    init(_ model: ScriptedModel) {
        self.model = model
        rest = model.now.events[...]
    }

    var source: ChatSource? {
        model.now.knowsSource ? ChatSource(model: "GigaChat-2", provider: "gigachat") : nil
    }

    func next() async throws(ModelFailure) -> ChatEvent? {
        if let event = rest.popFirst() { return event }
        try await model.hang()
        if let failure = model.now.laterFailure { throw failure }
        end = model.now.end
        return nil
    }

    func close() {
        if !isClosed { model.set { $0.closings += 1 } }
        isClosed = true
    }
}

extension ChatEnd {
    static let sample = ChatEnd(
        reason: .stop, tokens: TokenUsage(prompt: 10, completion: 8, precached: 4), model: "GigaChat-2",
        provider: "gigachat")
}
