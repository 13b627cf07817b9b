import CLibrdkafka

/// Where a producer puts the records that name no partition.
public enum Partitioning: Sendable {
    /// All records of a key into one (the Java client's murmur2, so that both agree); without a key by chance.
    case byKey
    /// All records of one `send` into one, those of the next into another. Brokers get few large batches in place of
    /// many small ones: what KIP-480 does for records without keys, for those whose keys tell no order.
    case bySend
}

extension ClientSettings {
    /// Has the records of a `send` go into one partition.
    func partitionBySend() {
        // There is one once a property of topics was set; it stays the settings'.
        guard let topics = rd_kafka_conf_get_default_topic_conf(pointer) else {
            preconditionFailure("properties of topics come first")
        }
        rd_kafka_topic_conf_set_partitioner_cb(topics, choosePartition)
    }
}

/// librdkafka calls it on the sender's thread, or on one of its own once it knows the topic's partitions. Where the one
/// meant has no leader at the moment, the next one that has is taken.
private let choosePartition:
    @convention(c) (
        OpaquePointer?, UnsafeRawPointer?, Int, Int32, UnsafeMutableRawPointer?, UnsafeMutableRawPointer?
    ) -> Int32 = { topic, _, _, count, _, opaque in
        let first = DeliveryID(opaque: UInt(bitPattern: opaque)).partition(of: count)
        for step in 0..<count {
            let partition = (first + step) % count
            if rd_kafka_topic_partition_available(topic, partition) == 1 { return partition }
        }
        return first
    }
