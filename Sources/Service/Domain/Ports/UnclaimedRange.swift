public import Telemetry

/// The published but unclaimed requests of one partition.
public struct UnclaimedRange: Sendable, Equatable {
    /// The partition.
    public let partition: Int32
    /// How many there are.
    public let count: Int
    /// The least and greatest offset among them.
    public let offsets: ClosedRange<Int64>
    /// The database's clock when this was read.
    public let asOf: WallTime

    /// Gathers a range.
    public init(partition: Int32, count: Int, offsets: ClosedRange<Int64>, asOf: WallTime) {
        self.partition = partition
        self.count = count
        self.offsets = offsets
        self.asOf = asOf
    }
}
