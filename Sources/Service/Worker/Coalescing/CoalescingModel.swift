public import Domain
public import EventLoop

/// Models among which requests that ask the same at the same time share one call. Nothing is kept: who comes after the
/// answer asks anew.
///
/// The call runs as long as anybody waits for it, whoever else was cancelled or has run out of time. Everybody gets the
/// answer, or the failure; its tokens are counted for the one who has waited longest, so that they are counted once. A
/// failure that may pass is tried again by each job by itself, after a pause of its own.
///
/// Lives on one loop and may be asked from any.
public final class CoalescingModel: ChatModel, @unchecked Sendable {
    // Safety: `calls` is touched on `loop` only; `complete` goes there.
    private let loop: EventLoop
    private let models: any ChatModel
    private let maximumAskers: Int
    private var calls: [CallKey: SharedCall] = [:]

    /// Puts `models` behind it, living on `loop`. A call has at most `maximumAskers`; one more makes another call.
    public init(on loop: EventLoop, _ models: any ChatModel, maximumAskers: Int = 256) {
        self.loop = loop
        self.models = models
        self.maximumAskers = maximumAskers
    }

    /// Asks, or waits for the answer to the same question of somebody else. The request's time bounds the wait; when
    /// the other's was shorter and ran out, it asks by itself in what is left.
    public func complete(_ request: ChatRequest) async throws(ModelFailure) -> ChatResult {
        let deadline = MonotonicTime.now + request.context.timeBudget
        let (outcome, callDeadline) = await withTaskExecutorPreference(loop) {
            let call = call(for: request, until: deadline)
            return (await wait(for: call, until: deadline), call.deadline)
        }
        if case .failure(let failure) = outcome, failure.failureClass == .timeout, callDeadline < deadline,
            MonotonicTime.now < deadline
        {
            var own = request
            own.context.timeBudget = deadline - .now
            return try await models.complete(own)
        }
        return try outcome.get()
    }

    private func call(for request: ChatRequest, until deadline: MonotonicTime) -> SharedCall {
        let key = CallKey(request)
        if let call = calls[key], call.askers.count < maximumAskers { return call }
        let call = SharedCall(key, deadline: deadline)
        calls[key] = call
        let bound = LoopBound((model: self, call: call), to: loop)
        let models = models
        call.task = loop.spawn {
            let outcome: SharedCall.Outcome
            do throws(ModelFailure) {
                outcome = .success(try await models.complete(request))
            } catch {
                outcome = .failure(error)
            }
            bound.value.model.finish(bound.value.call, outcome)
        }
        return call
    }

    private func wait(for call: SharedCall, until deadline: MonotonicTime) async -> SharedCall.Outcome {
        let asker = SharedCall.Asker()
        call.add(asker)
        let bound = LoopBound((model: self, call: call, asker: asker), to: loop)
        // The call itself ends in its own request's time.
        let timer =
            deadline < call.deadline
            ? loop.schedule(at: deadline) {
                bound.value.model.leave(
                    call, asker, ModelFailure(.timeout, "the shared call has not ended in time"))
            } : nil
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { asker.continuation = $0 }
        } onCancel: {
            bound.loop.execute {
                let (model, call, asker) = bound.value
                model.leave(call, asker, ModelFailure(.cancelled, "cancelled while waiting for a shared call"))
            }
        }
        if let timer { loop.cancel(timer) }
        return outcome
    }

    private func leave(_ call: SharedCall, _ asker: SharedCall.Asker, _ failure: ModelFailure) {
        call.remove(asker, failure)
        if call.askers.isEmpty { forget(call) }
    }

    private func finish(_ call: SharedCall, _ outcome: SharedCall.Outcome) {
        forget(call)
        call.finish(outcome)
    }

    /// The place may be a later call's by now.
    private func forget(_ call: SharedCall) {
        if calls[call.key] === call { calls[call.key] = nil }
    }

    /// Asks; pieces of answers are not shared.
    public func stream(_ request: ChatRequest) async throws(ModelFailure) -> any ChatStream {
        try await models.stream(request)
    }

    /// Turns texts into vectors; nothing is shared.
    public func embed(_ request: EmbeddingRequest) async throws(ModelFailure) -> EmbeddingResult {
        try await models.embed(request)
    }

    /// Every model that can be asked.
    public func models() async -> ModelListing {
        await models.models()
    }
}
