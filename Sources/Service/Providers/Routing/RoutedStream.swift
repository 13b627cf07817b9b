import Domain

/// A stream that settles its call when it ends, however it does.
final class RoutedStream: ChatStream {
    private var call: OpenCall<BegunStream>
    private let prices: ModelPrices
    private let keepsTexts: Bool
    private let onEnd: @Sendable (CallRecord) -> Void
    private var first: ChatEvent?
    private var isSettled = false
    private(set) var end: ChatEnd?

    init(
        _ call: OpenCall<BegunStream>, prices: ModelPrices, keepsTexts: Bool,
        onEnd: @escaping @Sendable (CallRecord) -> Void
    ) {
        self.call = call
        self.prices = prices
        self.keepsTexts = keepsTexts
        self.onEnd = onEnd
        first = call.answer.first
        if first == nil { complete() }
    }

    deinit {
        close()
    }

    var source: ChatSource? { ChatSource(model: call.choice.model, provider: call.choice.provider) }

    func next() async throws(ModelFailure) -> ChatEvent? {
        if let event = first {
            first = nil
            return handOn(event)
        }
        guard !isSettled else { return nil }
        do throws(ModelFailure) {
            if let event = try await call.answer.stream.next() { return handOn(event) }
        } catch {
            var failure = error
            failure.isInterrupted = true
            settle(call.failed(failure, prices))
            throw failure
        }
        complete()
        return nil
    }

    private func handOn(_ event: ChatEvent) -> ChatEvent {
        call.record.answered(event, keepsTexts: keepsTexts)
        return event
    }

    func close() {
        call.answer.stream.close()
        settle(call.failed(ModelFailure(.cancelled, "the stream was closed before its end"), prices))
    }

    private func complete() {
        end = call.answer.stream.end
        end?.attempts = call.record.attempts
        let tokens = end?.tokens ?? TokenUsage()
        call.record.answeredModel = end?.model
        settle(call.completed(tokens, upstreamRequestID: end?.upstreamRequestID, prices))
    }

    private func settle(_ record: @autoclosure () -> CallRecord) {
        guard !isSettled else { return }
        isSettled = true
        call.answer.stream.close()
        onEnd(record())
    }
}
