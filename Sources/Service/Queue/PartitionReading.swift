import Kafka

/// One member's way through one partition: what was handed out, what may be committed, and what shows that all of it
/// is of one log. It decides only; the source asks and acts. See docs/jobs.md.
struct PartitionReading {
    /// Which pass it is; a log that begins anew is another one.
    private(set) var pass: Int
    private var stage = Stage.learning
    private var tracker = OffsetTracker()
    /// All that was read since this message is of its log. Nil as long as nothing was read or committed.
    private var anchor: LogMark?
    /// The first message that was handed out before `learn`.
    private var first: KafkaMessage?
    private var newest: KafkaMessage?
    /// Where the log began when the reading did; to be committed in place of an offset of another log.
    private var beginning: Int64?
    private var hasEndedEarly = false
    private var hasMetGap = false

    private enum Stage: Equatable {
        /// What the group has committed is not known yet, so nothing may be committed.
        case learning
        case reading
        /// It has to begin at the log's first message, whose offset is known once somebody has looked.
        case rewinding(to: Int64?)
    }

    /// A mark to be looked for.
    struct Question: Hashable {
        let pass: Int
        let mark: LogMark
        /// What was read last when the question was put.
        let newest: LogMark?
    }

    /// A partition that has just been assigned.
    init(pass: Int) {
        self.pass = pass
    }

    // MARK: Reading

    /// Whether `learn` is waited for.
    var isLearning: Bool { stage == .learning }

    /// What the group had committed when the partition was assigned; nil for nothing.
    mutating func learn(_ commit: KafkaCommit?) {
        guard isLearning else { return }
        stage = .reading
        defer { first = nil }
        guard let commit, commit.offset > 0 else {
            anchor = first.map { LogMark($0) }
            return
        }
        if let first, first.offset < commit.offset {
            // The log ended below the offset, so the library has begun at the first message.
            anchor = LogMark(first)
            beginning = first.offset
        } else {
            anchor = LogMark(commit.metadata) ?? first.map { LogMark($0) } ?? LogMark(unknownAt: commit.offset - 1)
        }
    }

    /// A message is handed out. One that does not lie after the one before shows that the log has begun anew: then what
    /// is known about the old offsets means nothing.
    mutating func deliver(_ message: KafkaMessage) {
        if case .rewinding(let start) = stage {
            // What comes before the log's first message was fetched before; it counts only when it comes again.
            guard let start, message.offset <= start else { return }
            begin(with: message)
        } else if let newest, message.offset <= newest.offset {
            begin(with: message)
        }
        if isLearning, first == nil { first = message }
        // Of a commit without a mark nothing is known: the first message read says more.
        if stage == .reading, anchor?.digest == nil { anchor = LogMark(message) }
        newest = message
        tracker.deliver(message.offset)
    }

    private mutating func begin(with message: KafkaMessage) {
        forget()
        stage = .reading
        anchor = LogMark(message)
        beginning = message.offset
    }

    private mutating func forget() {
        pass += 1
        tracker = OffsetTracker()
        anchor = nil
        first = nil
        newest = nil
        beginning = nil
        hasEndedEarly = false
    }

    // MARK: Committing

    /// A message of the given pass has been dealt with.
    mutating func finish(_ offset: Int64, pass: Int) {
        if pass == self.pass { tracker.finish(offset) }
    }

    /// Messages that were handed out and cannot be committed yet.
    var count: Int { tracker.count }

    /// How far to commit, when that has changed.
    mutating func takeCommit() -> KafkaCommit? {
        guard !isLearning, let offset = tracker.takeCommit() ?? beginning else { return nil }
        beginning = nil
        return KafkaCommit(offset, metadata: anchor?.text ?? "")
    }

    // MARK: Knowing the log again

    /// What to look for, if there is anything.
    var question: Question? {
        guard stage == .reading, let anchor else { return nil }
        return Question(pass: pass, mark: anchor, newest: newest.map { LogMark($0) })
    }

    /// Takes the answer; true when the log is another one, and has to be read from its beginning.
    ///
    /// An end that comes too early has to be found twice, since a new leader may be behind for a moment. A gap counts
    /// once while the partition is assigned: a log that has its messages compacted away would be read again and again.
    mutating func answer(_ question: Question, _ finding: LogFinding) -> Bool {
        guard question.pass == pass, stage == .reading else { return false }
        let isOther =
            switch finding {
            case .same, .expired: false
            case .ended: hasEndedEarly
            case .missing: !hasMetGap
            case .other: true
            }
        hasEndedEarly = finding == .ended
        if finding == .missing { hasMetGap = true }
        if isOther {
            forget()
            stage = .rewinding(to: nil)
        } else if finding != .ended, let newest = question.newest {
            // Read before the look, hence of the log that was seen.
            anchor = newest
        }
        return isOther
    }

    /// Whether it has to begin at the log's first message and has not done so yet.
    var isRewinding: Bool {
        if case .rewinding = stage { true } else { false }
    }

    /// The log's first message lies at `offset`, or will.
    mutating func rewind(to offset: Int64) {
        guard isRewinding else { return }
        stage = .rewinding(to: offset)
        beginning = offset
    }
}
