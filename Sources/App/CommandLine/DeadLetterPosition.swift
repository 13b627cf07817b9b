import Domain

/// How people name a dead letter: by where it lies, `0/17`, or by where its message lay, `gigaoffice-requests/3/9`.
enum DeadLetterPosition: Sendable, Hashable {
    /// Partition and offset on the dead letter topic.
    case letter(partition: Int32, offset: Int64)
    /// The place that the message came from.
    case original(QueuePosition)

    /// Nil for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2 || parts.count == 3, let offset = parts.last.flatMap({ Int64($0) }), offset >= 0,
            let partition = parts.dropLast().last.flatMap({ Int32($0) }), partition >= 0
        else { return nil }
        if parts.count == 2 {
            self = .letter(partition: partition, offset: offset)
        } else {
            guard let topic = Rule.topic.read(String(parts[0])) else { return nil }
            self = .original(QueuePosition(topic: topic, partition: partition, offset: offset))
        }
    }
}

extension Rule where Value == DeadLetterPosition {
    /// A dead letter's place.
    static var deadLetter: Self {
        Rule("a place such as 0/17, or gigaoffice-requests/3/9 for where the message came from") {
            DeadLetterPosition($0)
        } write: {
            switch $0 {
            case .letter(let partition, let offset): "\(partition)/\(offset)"
            case .original(let place): "\(place.topic)/\(place.partition)/\(place.offset)"
            }
        }
    }
}
