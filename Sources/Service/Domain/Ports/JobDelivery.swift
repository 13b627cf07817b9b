/// A message from the queue as it came.
public struct JobDelivery: Sendable {
    /// Where it lies.
    public let position: QueuePosition
    /// Its key, if it has one.
    public let key: [UInt8]?
    /// Its value; nil for a tombstone.
    public let value: [UInt8]?

    /// Gathers a delivery.
    public init(position: QueuePosition, key: [UInt8]?, value: [UInt8]?) {
        self.position = position
        self.key = key
        self.value = value
    }
}
