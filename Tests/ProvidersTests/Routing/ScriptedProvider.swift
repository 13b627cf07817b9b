import Domain
import EventLoop

/// A provider whose answers are written down beforehand; the last one repeats.
final class ScriptedProvider: ModelProvider, Sendable {
    enum Step: Sendable {
        case answer(String)
        /// Fails before anything came.
        case failure(ModelFailure)
        /// Streams the pieces, then fails.
        case broken([String], ModelFailure)
    }

    let name: String
    let capabilities: ModelDescription.Capabilities = [.chat, .streaming]
    let listing: Result<[String], ModelFailure>
    private let steps: Lock<[Step]>
    let asked = Lock<[ChatRequest]>([])
    let listed = Lock(0)

    init(_ name: String, listing: Result<[String], ModelFailure> = .success([]), _ steps: Step...) {
        self.name = name
        self.listing = listing
        self.steps = Lock(steps)
    }

    var calls: Int { asked.withLock { $0.count } }

    private func step(_ request: ChatRequest) -> Step {
        asked.withLock { $0.append(request) }
        return steps.withLock { $0.count > 1 ? $0.removeFirst() : $0[0] }
    }

    private func end(_ model: String) -> ChatEnd {
        ChatEnd(
            reason: .stop, tokens: TokenUsage(prompt: 3, completion: 2), model: model, provider: name,
            upstreamRequestID: "\(name)-call")
    }

    func complete(_ request: ChatRequest, model: String, budget: Duration) async throws(ModelFailure) -> ChatResult {
        switch step(request) {
        case .answer(let text): return ChatResult(text: text, end: end(model))
        case .failure(let failure), .broken(_, let failure): throw failure
        }
    }

    func stream(
        _ request: ChatRequest, model: String, budget: Duration
    ) async throws(ModelFailure) -> any ChatStream {
        switch step(request) {
        case .answer(let text): return ScriptedStream([text], nil, end(model))
        case .failure(let failure): return ScriptedStream([], failure, end(model))
        case .broken(let pieces, let failure): return ScriptedStream(pieces, failure, end(model))
        }
    }

    func embed(
        _ request: EmbeddingRequest, model: String, budget: Duration
    ) async throws(ModelFailure) -> EmbeddingResult {
        EmbeddingResult(vectors: request.inputs.map { _ in [1] }, promptTokens: 7, model: model, provider: name)
    }

    func models(budget: Duration) async throws(ModelFailure) -> [ModelDescription] {
        listed.withLock { $0 += 1 }
        return try listing.get().map { ModelDescription(provider: name, id: $0, capabilities: capabilities) }
    }

    func standing() -> ProviderStanding { ProviderStanding(isUsable: true) }
}

/// Pieces, and then an end or a failure.
final class ScriptedStream: ChatStream {
    private var pieces: [String]
    private let failure: ModelFailure?
    private let last: ChatEnd
    private(set) var end: ChatEnd?

    init(_ pieces: [String], _ failure: ModelFailure?, _ end: ChatEnd) {
        self.pieces = pieces
        self.failure = failure
        last = end
    }

    func next() async throws(ModelFailure) -> ChatEvent? {
        if !pieces.isEmpty { return .text(pieces.removeFirst()) }
        if let failure { throw failure }
        end = last
        return nil
    }

    func close() {}
}

/// A gate that counts who is inside, and remembers who came.
final class CountingGate: CallGate, Sendable {
    let inside = Lock(0)
    let clients = Lock<[String]>([])
    let failure: ModelFailure?

    init(failure: ModelFailure? = nil) {
        self.failure = failure
    }

    func enter(client: String, within budget: Duration) async throws(ModelFailure) -> CallPermit {
        clients.withLock { $0.append(client) }
        if let failure { throw failure }
        inside.withLock { $0 += 1 }
        let hasLeft = Lock(false)
        return CallPermit(waited: .milliseconds(5)) { [inside] in
            let isFirst = hasLeft.withLock { left in
                defer { left = true }
                return !left
            }
            if isFirst { inside.withLock { $0 -= 1 } }
        }
    }
}
