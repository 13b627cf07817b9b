public import Telemetry

/// A message of the dead letter topic, read back.
public struct DeadLetterRecord: Sendable, Equatable {
    /// Where the letter lies.
    public let position: QueuePosition
    /// When it was written.
    public let time: WallTime?
    /// Where the message lay; nil when the letter cannot be read.
    public let original: QueuePosition?
    /// The message's key.
    public private(set) var key: [UInt8]?
    /// The message's value; nil for a tombstone, for one that was left out, and when the letter cannot be read.
    public private(set) var value: [UInt8]?
    /// How many bytes were left out of the letter, as too many.
    public let bytesLeftOut: Int?
    /// Why the message is here.
    public let reason: String

    /// The same letter without key and value.
    public var withoutMessage: DeadLetterRecord {
        var letter = self
        (letter.key, letter.value) = (nil, nil)
        return letter
    }

    /// The message behind `value` was in `original`, and `reason` says why it is here.
    public init(
        position: QueuePosition, time: WallTime?, original: QueuePosition?, key: [UInt8]?, value: [UInt8]?,
        bytesLeftOut: Int?, reason: String
    ) {
        self.position = position
        self.time = time
        self.original = original
        self.key = key
        self.value = value
        self.bytesLeftOut = bytesLeftOut
        self.reason = reason
    }

    /// Where the letter lies.
    public var place: DeadLetterPlace { DeadLetterPlace(partition: position.partition, offset: position.offset) }
}
