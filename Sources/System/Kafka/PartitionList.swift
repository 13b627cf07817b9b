import CLibrdkafka
import Glibc

/// librdkafka's list of partitions with offsets, owned.
struct PartitionList: ~Copyable {
    typealias Pointer = UnsafeMutablePointer<rd_kafka_topic_partition_list_t>

    private let pointer: Pointer

    /// A list of partitions without offsets.
    init(_ partitions: some Collection<TopicPartition>) {
        // Allocation failure aborts inside librdkafka, so this is never NULL.
        pointer = rd_kafka_topic_partition_list_new(Int32(clamping: partitions.count))
        for partition in partitions { add(partition) }
    }

    /// A list of partitions with the offset that is to be read next.
    init(_ offsets: [TopicPartition: Int64]) {
        pointer = rd_kafka_topic_partition_list_new(Int32(clamping: offsets.count))
        for (partition, offset) in offsets { add(partition).pointee.offset = offset }
    }

    /// A list of partitions with what is to be committed for each.
    init(_ commits: [TopicPartition: KafkaCommit]) {
        pointer = rd_kafka_topic_partition_list_new(Int32(clamping: commits.count))
        for (partition, commit) in commits {
            let element = add(partition)
            element.pointee.offset = commit.offset
            guard !commit.metadata.isEmpty else { continue }
            // The list frees it with `free`.
            element.pointee.metadata = UnsafeMutableRawPointer(strdup(commit.metadata))
            element.pointee.metadata_size = commit.metadata.utf8.count
        }
    }

    /// A list of topics, for a subscription.
    init(topics: [String]) {
        self.init(topics.map { TopicPartition(topic: $0, partition: RD_KAFKA_PARTITION_UA) })
    }

    deinit {
        rd_kafka_topic_partition_list_destroy(pointer)
    }

    @discardableResult
    private func add(_ partition: TopicPartition) -> UnsafeMutablePointer<rd_kafka_topic_partition_t> {
        rd_kafka_topic_partition_list_add(pointer, partition.topic, partition.partition)
    }

    /// Lends the list to C for the time of `body`.
    borrowing func withPointer<Result>(_ body: (Pointer) -> Result) -> Result {
        body(pointer)
    }

    /// The commits that are known, or the first error that a partition carries.
    var commits: Result<[TopicPartition: KafkaCommit], KafkaError> {
        var commits: [TopicPartition: KafkaCommit] = [:]
        for element in elements(of: pointer) {
            if element.err != RD_KAFKA_RESP_ERR_NO_ERROR { return .failure(KafkaError(element.err)) }
            guard element.offset >= 0 else { continue }
            commits[TopicPartition(element)] = KafkaCommit(
                element.offset,
                metadata: String(
                    decoding: UnsafeRawBufferPointer(start: element.metadata, count: element.metadata_size),
                    as: UTF8.self))
        }
        return .success(commits)
    }
}

/// The entries of a list that somebody else owns.
func elements(
    of list: UnsafePointer<rd_kafka_topic_partition_list_t>
) -> UnsafeBufferPointer<rd_kafka_topic_partition_t> {
    UnsafeBufferPointer(start: list.pointee.elems, count: Int(list.pointee.cnt))
}

extension TopicPartition {
    init(_ element: rd_kafka_topic_partition_t) {
        self.init(topic: String(cString: element.topic), partition: element.partition)
    }
}
