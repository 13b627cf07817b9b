import Domain

/// How people name a dead letter: by where it lies, `0/17`, or by where its message lay, `gigaoffice-requests/3/9`.
enum DeadLetterPosition: Sendable, Hashable {
    /// Partition and offset on the dead letter topic.
    case letter(DeadLetterPlace)
    /// The place that the message came from.
    case original(QueuePosition)

    /// Nil for anything else.
    init?(_ text: String) {
        if let place = DeadLetterPlace(text) {
            self = .letter(place)
            return
        }
        guard let slash = text.firstIndex(of: "/"), let topic = Rule.topic.read(String(text[..<slash])),
            let place = DeadLetterPlace(text[text.index(after: slash)...])
        else { return nil }
        self = .original(QueuePosition(topic: topic, partition: place.partition, offset: place.offset))
    }
}

extension Rule where Value == DeadLetterPosition {
    /// A dead letter's place.
    static var deadLetter: Self {
        Rule("a place such as 0/17, or gigaoffice-requests/3/9 for where the message came from") {
            DeadLetterPosition($0)
        } write: {
            switch $0 {
            case .letter(let place): place.description
            case .original(let place): "\(place.topic)/\(place.partition)/\(place.offset)"
            }
        }
    }
}
