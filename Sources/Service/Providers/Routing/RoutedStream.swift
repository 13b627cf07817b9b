import Domain

/// A stream that settles its call when it ends, however it does.
final class RoutedStream: ChatStream {
    private let call: OpenCall<BegunStream>
    private let prices: ModelPrices
    private let onEnd: @Sendable (CallRecord) -> Void
    private var first: ChatEvent?
    private var isSettled = false
    private(set) var end: ChatEnd?

    init(_ call: OpenCall<BegunStream>, prices: ModelPrices, onEnd: @escaping @Sendable (CallRecord) -> Void) {
        self.call = call
        self.prices = prices
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
            return event
        }
        guard !isSettled else { return nil }
        do throws(ModelFailure) {
            if let event = try await call.answer.stream.next() { return event }
        } catch {
            var failure = error
            failure.isInterrupted = true
            settle(call.failed(failure, prices))
            throw failure
        }
        complete()
        return nil
    }

    func close() {
        call.answer.stream.close()
        settle(call.failed(ModelFailure(.cancelled, "the stream was closed before its end"), prices))
    }

    private func complete() {
        end = call.answer.stream.end
        end?.attempts = call.record.attempts
        let tokens = end?.tokens ?? TokenUsage()
        settle(call.completed(tokens, upstreamRequestID: end?.upstreamRequestID, prices))
    }

    private func settle(_ record: @autoclosure () -> CallRecord) {
        guard !isSettled else { return }
        isSettled = true
        call.answer.stream.close()
        onEnd(record())
    }
}
