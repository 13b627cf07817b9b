import Hashing
import Kafka

/// A message by which a log is known again. Brokers before 2.8 give a topic no identity that outlasts its being made
/// anew, and offsets begin at 0 each time; the same message at the same offset is as good.
struct LogMark: Hashable, Sendable {
    /// Where the message lies.
    let offset: Int64
    /// What it is, in 16 hexadecimal digits. Nil for an offset of which no more is known: there was a message.
    let digest: String?

    /// The beginning of a value that counts; with the time and the lengths it tells any two messages apart.
    private static let valueBytes = 1024

    /// Marks a message that was read.
    init(_ message: KafkaMessage) {
        offset = message.offset
        var hasher = SHA256Hasher()
        hasher.update(
            "\(message.timestamp ?? -1) \(message.key?.count ?? -1) \(message.value?.count ?? -1) ")
        hasher.update(message.key ?? [])
        hasher.update(Array((message.value ?? []).prefix(Self.valueBytes)))
        digest = String(hasher.finalize().hexadecimal.prefix(16))
    }

    /// Some message at an offset.
    init(unknownAt offset: Int64) {
        self.offset = offset
        digest = nil
    }

    /// Reads what `text` wrote; nil for anything else, such as the empty text of a version that wrote none.
    init?(_ text: String) {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, words[0] == "log", let offset = Int64(words[1]), offset >= 0,
            words[2].count == 16, words[2].allSatisfy(\.isHexDigit)
        else { return nil }
        self.offset = offset
        digest = String(words[2])
    }

    /// The mark as a commit carries it: `log <offset> <digest>`, or nothing.
    var text: String { digest.map { "log \(offset) \($0)" } ?? "" }
}
