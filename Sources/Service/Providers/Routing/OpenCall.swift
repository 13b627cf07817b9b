import Domain
import EventLoop

/// A call that somebody has begun to answer, and what has to be settled when it ends.
struct OpenCall<Answer> {
    /// What came.
    let answer: Answer
    let choice: ModelChoice
    let routed: RoutedProvider
    let isProbe: Bool
    let permit: CallPermit
    var record: CallRecord
    let started: MonotonicTime

    /// Gives the slot back and makes the record of a complete answer.
    func completed(_ tokens: TokenUsage, upstreamRequestID: String?, _ prices: ModelPrices) -> CallRecord {
        permit.leave()
        routed.succeeded(isProbe: isProbe)
        return ended(tokens, upstreamRequestID, prices)
    }

    /// The same for an answer that broke off.
    func failed(_ failure: ModelFailure, _ prices: ModelPrices) -> CallRecord {
        permit.leave()
        routed.failed(failure, isProbe: isProbe)
        var record = ended(failure.tokens, failure.upstreamRequestID, prices)
        record.failed(failure)
        return record
    }

    private func ended(_ tokens: TokenUsage, _ upstreamRequestID: String?, _ prices: ModelPrices) -> CallRecord {
        var record = record
        record.add(tokens, of: choice, prices)
        record.upstreamRequestID = upstreamRequestID
        record.duration = MonotonicTime.now - started
        return record
    }
}
