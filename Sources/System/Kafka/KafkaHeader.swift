/// A name and a value that ride with a record (KIP-82). Names may repeat; order is kept.
public struct KafkaHeader: Hashable, Sendable {
    /// The name, UTF-8.
    public var name: String
    /// The value; nil is a null, which is not the same as empty.
    public var value: [UInt8]?

    /// A header with raw bytes or null.
    public init(_ name: String, _ value: [UInt8]?) {
        self.name = name
        self.value = value
    }

    /// A header with text.
    public init(_ name: String, _ value: String) {
        self.init(name, Array(value.utf8))
    }
}
