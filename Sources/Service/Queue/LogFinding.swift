import Kafka

/// What a look into a partition says about a mark.
enum LogFinding: Equatable {
    /// The message is there: it is the same log.
    case same
    /// The log begins later. Messages of that age are gone by retention, and nothing can be told.
    case expired
    /// The log ends before it. It is another log, unless a new leader has yet to hear how far it goes.
    case ended
    /// There is no message in its place: a transaction's mark or an aborted message of another log, or compaction.
    case missing
    /// Another message is in its place: it is another log.
    case other

    /// Judges by the offsets that the log has, and the message that lies at the mark's offset or after it.
    init(_ mark: LogMark, in log: Range<Int64>, found: KafkaMessage?) {
        if mark.offset < log.lowerBound {
            self = .expired
        } else if mark.offset >= log.upperBound {
            self = .ended
        } else if mark.digest == nil {
            self = .same
        } else if let found, found.offset == mark.offset {
            self = LogMark(found) == mark ? .same : .other
        } else {
            self = .missing
        }
    }
}
