import Telemetry

/// Some dead letters, the youngest first, without their messages.
public struct DeadLetterPage: Sendable, Equatable {
    /// What was read of one partition: a stretch at its end, or before a mark.
    public struct Stretch: Sendable, Equatable {
        /// The offsets that were read.
        public let offsets: Range<Int64>
        /// The offset of the oldest letter that the partition has.
        public let oldest: Int64
        /// The letters found, by growing offset.
        public var letters: [DeadLetterRecord] = []

        /// Nothing found yet.
        public init(offsets: Range<Int64>, oldest: Int64) {
            self.offsets = offsets
            self.oldest = oldest
        }
    }

    /// The letters.
    public private(set) var letters: [DeadLetterRecord] = []
    /// Where the next page begins; nil when there is none.
    public let next: DeadLetterMarks?

    /// A page with these.
    public init(letters: [DeadLetterRecord], next: DeadLetterMarks?) {
        self.letters = letters
        self.next = next
    }

    /// The youngest `limit` letters of all stretches. In a partition the one with the greater offset is the younger
    /// one, whatever the clocks of those who wrote them; so nothing is left out between two pages.
    public init(_ stretches: [Int32: Stretch], limit: Int) {
        var rest = stretches
        while letters.count < limit {
            let last = rest.compactMapValues(\.letters.last)
            guard let youngest = last.max(by: { Self.isOlder($0.value, than: $1.value) }) else { break }
            letters.append(youngest.value)
            rest[youngest.key]?.letters.removeLast()
        }
        let marks = rest.mapValues { stretch in
            stretch.letters.last.map { $0.position.offset + 1 } ?? stretch.offsets.lowerBound
        }
        let isMore = marks.contains { partition, mark in mark > rest[partition]?.oldest ?? 0 }
        next = isMore ? DeadLetterMarks(marks) : nil
    }

    private static func isOlder(_ left: DeadLetterRecord, than right: DeadLetterRecord) -> Bool {
        let (former, later) = (left.time?.microseconds ?? 0, right.time?.microseconds ?? 0)
        return (former, left.position.partition) < (later, right.position.partition)
    }
}
