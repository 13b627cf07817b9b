/// What a group commits for a partition.
public struct KafkaCommit: Hashable, Sendable, ExpressibleByIntegerLiteral {
    /// The offset to be read next: that of the last message dealt with, plus one.
    public let offset: Int64
    /// The committer's own words, handed back by `committed`. At most 4096 bytes, or brokers refuse the commit. A
    /// commit without any has the empty text.
    public let metadata: String

    /// Describes a commit.
    public init(_ offset: Int64, metadata: String = "") {
        self.offset = offset
        self.metadata = metadata
    }

    /// A commit without words.
    public init(integerLiteral offset: Int64) {
        self.init(offset)
    }
}
