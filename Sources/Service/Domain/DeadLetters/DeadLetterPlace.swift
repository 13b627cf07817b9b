/// Where a letter lies on the dead letter topic.
public struct DeadLetterPlace: Hashable, Sendable, CustomStringConvertible {
    /// The partition, from 0.
    public let partition: Int32
    /// The offset in the partition, from 0.
    public let offset: Int64

    /// Names a place.
    public init(partition: Int32, offset: Int64) {
        self.partition = partition
        self.offset = offset
    }

    /// Reads `0/17`. Nil for anything else.
    public init?(_ text: some StringProtocol) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count == 2, let partition = WholeNumber.parse(parts[0]).flatMap({ Int32(exactly: $0) }),
            let offset = WholeNumber.parse(parts[1]).flatMap({ Int64(exactly: $0) }), offset < Int64.max
        else { return nil }
        self.init(partition: partition, offset: offset)
    }

    /// The text that reads as this.
    public var description: String { "\(partition)/\(offset)" }
}
