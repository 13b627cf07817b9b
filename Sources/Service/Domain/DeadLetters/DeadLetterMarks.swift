/// How far somebody has read the dead letter topic backwards: in each partition that is named here only what lies
/// before the offset is still to come.
public struct DeadLetterMarks: Sendable, Equatable, CustomStringConvertible {
    /// Partitions that can be named.
    public static let maximumCount = 1_000

    /// The offsets by partition.
    public let offsets: [Int32: Int64]

    /// Marks these offsets.
    public init(_ offsets: [Int32: Int64]) {
        self.offsets = offsets
    }

    /// Reads `0/17,2/5`, no partition twice. Nil for anything else.
    public init?(_ text: String) {
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        let places = parts.compactMap { DeadLetterPlace($0) }
        guard places.count == parts.count, places.count <= Self.maximumCount else { return nil }
        let offsets = Dictionary(places.map { ($0.partition, $0.offset) }) { first, _ in first }
        guard offsets.count == places.count else { return nil }
        self.init(offsets)
    }

    /// The text that reads as this.
    public var description: String {
        offsets.sorted { $0.key < $1.key }.map { "\($0.key)/\($0.value)" }.joined(separator: ",")
    }
}
