import Domain
import EventLoop

/// A call under way and those who wait for its answer. Confined to a loop.
final class SharedCall {
    typealias Outcome = Result<ChatResult, ModelFailure>

    /// One of those who wait.
    final class Asker {
        var continuation: CheckedContinuation<Outcome, Never>?
    }

    let key: CallKey
    /// When the time of the request that the call is made for is over.
    let deadline: MonotonicTime
    /// The call itself.
    var task: Task<Void, any Error>?
    private(set) var askers: [Asker] = []

    init(_ key: CallKey, deadline: MonotonicTime) {
        self.key = key
        self.deadline = deadline
    }

    func add(_ asker: Asker) {
        askers.append(asker)
    }

    /// Waits no longer; when that was the last one, the call is of use to nobody.
    func remove(_ asker: Asker, _ failure: ModelFailure) {
        guard let index = askers.firstIndex(where: { $0 === asker }) else { return }
        askers.remove(at: index)
        asker.continuation?.resume(returning: .failure(failure))
        if askers.isEmpty { task?.cancel() }
    }

    /// Gives everybody the outcome; who has waited longest is told what it cost, the others that it cost nothing.
    func finish(_ outcome: Outcome) {
        let told = askers
        askers = []
        for (index, asker) in told.enumerated() {
            asker.continuation?.resume(returning: index == 0 ? outcome : outcome.atNoCost)
        }
    }
}

extension SharedCall.Outcome {
    fileprivate var atNoCost: Self {
        switch self {
        case .success(var result):
            result.end.tokens = TokenUsage()
            return .success(result)
        case .failure(var failure):
            failure.tokens = TokenUsage()
            return .failure(failure)
        }
    }
}
