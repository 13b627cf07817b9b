import Domain
import EventLoop
import Telemetry

/// One call with all its tries.
extension ModelRouter {
    /// Tries until somebody answers or nothing is left to try. Whoever gets the open call settles it.
    func open<Answer>(
        _ target: ModelTarget, _ context: CallContext, _ begun: CallRecord,
        _ ask: (RoutedProvider, String, Duration) async throws(ModelFailure) -> Answer
    ) async throws(ModelFailure) -> OpenCall<Answer> {
        let started = MonotonicTime.now
        var record = begun
        do throws(ModelFailure) {
            let choices = try await choices(for: target)
            return try await open(choices, context, &record, started, ask)
        } catch {
            record.failed(error)
            record.upstreamRequestID = error.upstreamRequestID
            record.duration = MonotonicTime.now - started
            onEnd(record)
            throw error
        }
    }

    private func open<Answer>(
        _ choices: [ModelChoice], _ context: CallContext, _ record: inout CallRecord, _ started: MonotonicTime,
        _ ask: (RoutedProvider, String, Duration) async throws(ModelFailure) -> Answer
    ) async throws(ModelFailure) -> OpenCall<Answer> {
        let deadline = started + context.timeBudget
        var attempts = CallAttempts(policy(record.stage), models: choices.count)
        var action = CallAttempts.Action.call(0, after: .zero)
        while true {
            guard case .call(let place, let pause) = action else { break }
            try await wait(pause)
            let choice = choices[place]
            guard let routed = routed(choice) else { break }
            let isProbe: Bool
            switch routed.admit() {
            case .refused(let time, let isQuota):
                action = attempts.skipped(Self.resting(choice, time, isQuota))
                continue
            case .call: isProbe = false
            case .probe: isProbe = true
            }
            let permit = try await enter(routed, isProbe, context, deadline, spent: attempts.tokens)
            record.gateWait += permit.waited
            record.choice = choice
            record.attempts += 1
            do throws(ModelFailure) {
                let answer = try await ask(routed, choice.model, max(deadline - .now, .zero))
                return OpenCall(
                    answer: answer, choice: choice, routed: routed, isProbe: isProbe, permit: permit, record: record,
                    started: started)
            } catch {
                permit.leave()
                routed.failed(error, isProbe: isProbe)
                record.add(error.tokens, of: choice, prices)
                action = attempts.failed(error, timeLeft: deadline - .now, chance: .random(in: 0...1))
            }
        }
        if case .giveUp(let failure) = action { throw failure }
        throw ModelFailure(.internal, "the plan names a provider that does not exist")
    }

    /// Waits for a slot. That none came, or came too late, says nothing of the provider, but what was spent until then
    /// is paid.
    private func enter(
        _ routed: RoutedProvider, _ isProbe: Bool, _ context: CallContext, _ deadline: MonotonicTime,
        spent: TokenUsage
    ) async throws(ModelFailure) -> CallPermit {
        do throws(ModelFailure) {
            let left = max(deadline - .now, .zero)
            let permit = try await routed.gate.enter(
                client: context.client, within: min(left, context.longestSlotWait ?? left))
            guard deadline > .now else {
                permit.leave()
                throw ModelFailure(.timeout, "the slot came when no time was left", provider: routed.provider.name)
            }
            return permit
        } catch {
            routed.withdrawn(isProbe: isProbe)
            var failure = error
            failure.tokens = failure.tokens + spent
            throw failure
        }
    }

    private func wait(_ pause: Duration) async throws(ModelFailure) {
        guard pause > .zero, let loop = EventLoop.current else { return }
        do throws(CancellationError) {
            try await loop.sleep(for: pause)
        } catch {
            throw ModelFailure(.cancelled, "the caller is gone")
        }
    }

    private static func resting(_ choice: ModelChoice, _ time: Duration, _ isQuota: Bool) -> ModelFailure {
        isQuota
            ? ModelFailure(
                .quotaExhausted, "the tokens were used up a short while ago", provider: choice.provider,
                retryAfter: time)
            : ModelFailure(
                .server, "the provider has kept failing and is left alone", provider: choice.provider,
                retryAfter: time)
    }
}
