import Domain
import Queue
import Telemetry

/// The youngest of many letters, without their messages, which would fill the memory.
struct YoungestLetters {
    private let limit: Int
    private var kept: [DeadLetterRecord] = []

    init(limit: Int) {
        self.limit = limit
    }

    mutating func add(_ letter: DeadLetterRecord) {
        kept.append(letter.withoutMessage)
        if kept.count >= limit * 2 { kept = inOrder }
    }

    /// Oldest first.
    var inOrder: [DeadLetterRecord] {
        let sorted = kept.sorted { left, right in
            (left.milliseconds, left.position.partition, left.position.offset)
                < (right.milliseconds, right.position.partition, right.position.offset)
        }
        return sorted.suffix(limit)
    }
}

extension DeadLetterRecord {
    fileprivate var milliseconds: Int64 { (time?.microseconds ?? 0) / 1_000 }
}
