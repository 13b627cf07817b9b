import Domain

/// What the dry run does on each try of a job, so that errors can be shown and tested without a model:
/// `429:retry-after=2,500,slow:delay=3000,ok`. The first step is the first try's; the last one repeats.
public struct DryrunScript: Sendable, Equatable {
    /// One try.
    struct Step: Sendable, Equatable {
        /// Nil answers as ever.
        var failure: ModelFailure?
        /// Whether the answer is one that nobody can read.
        var isUnreadable = false
        /// What the answer takes longer.
        var delay = Duration.zero
    }

    /// More steps than any job has tries.
    static let maximumSteps = 100
    let steps: [Step]
    /// As it was written.
    public let text: String

    /// Steps with commas between them, each a word and what belongs to it after colons: `ok`, `slow`, `malformed`, a
    /// status (`400`, `401`, `402`, `403`, `429`, `500`…`504`) or the class of a failure, `retry-after=` in seconds,
    /// `delay=` in milliseconds. Nil for anything else.
    public init?(_ text: String) {
        var steps: [Step] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard steps.count < Self.maximumSteps, let step = Self.step(part.filter { $0 != " " }) else { return nil }
            steps.append(step)
        }
        self.steps = steps
        self.text = text
    }

    /// What the try number `attempt` (from 1) does.
    func step(_ attempt: Int) -> Step {
        steps[min(max(attempt, 1), steps.count) - 1]
    }

    private static func step(_ text: String) -> Step? {
        var parts = text.split(separator: ":", omittingEmptySubsequences: false)[...]
        guard let word = parts.popFirst(), !word.isEmpty else { return nil }
        var step = Step(delay: word == "slow" ? .seconds(5) : .zero)
        var retryAfter: Duration?
        for part in parts {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, let number = Double(pair[1]), (0...86_400_000).contains(number) else { return nil }
            switch pair[0] {
            case "retry-after": retryAfter = .seconds(number)
            case "delay": step.delay = .milliseconds(number)
            default: return nil
            }
        }
        switch word {
        case "ok", "slow": break
        case "malformed": step.isUnreadable = true
        default:
            guard let failure = failure(word, retryAfter) else { return nil }
            step.failure = failure
        }
        return step
    }

    private static func failure(_ word: Substring, _ retryAfter: Duration?) -> ModelFailure? {
        let kind: FailureClass? =
            switch word {
            case "400": .badRequest
            case "401": .auth
            case "402": .quotaExhausted
            case "403": .forbidden
            case "429": .rateLimited
            case "500", "502", "503", "504": .server
            default: FailureClass(rawValue: String(word))
            }
        guard let kind else { return nil }
        return ModelFailure(
            kind, "the dry run's script says \(word)", provider: "dryrun", status: Int(word), retryAfter: retryAfter)
    }
}
