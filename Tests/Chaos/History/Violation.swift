/// A promise that was not kept.
struct Violation: Hashable, Sendable, CustomStringConvertible {
    enum Kind: String, CaseIterable, Sendable {
        /// A promised job is not there.
        case lost
        /// One submission has more than one job, or a job's end was stored more than once.
        case doubled
        /// A job that had ended ended differently or ran again, or two tellings of its end differ.
        case changed
        /// A job has no end, or a message waits to be sent.
        case stuck
        /// What is stored is not what was sent.
        case garbled
        /// Attempts, losses and fencing token do not fit together.
        case miscounted
        /// A response or a dead letter that should have been sent was not seen, or one that should not was.
        case misreported
        /// A client was told something that no client should be told.
        case wrongAnswer = "wrong answer"
        /// A process ended by itself.
        case crashed
        /// A killed worker's job took longer than the bar to run again.
        case slow
    }

    let kind: Kind
    /// The job's id or the submission's number.
    let subject: String
    let detail: String

    var description: String { "\(kind.rawValue): \(subject): \(detail)" }
}
