import CLibrdkafka
import EventLoop

extension KafkaConsumer {
    /// What the group has committed for `partitions`; those without a commit are missing from the answer. Asks the
    /// group's coordinator, on the blocking thread; while the group forms anew, the answer waits for the end of that.
    public func committed(
        _ partitions: Set<TopicPartition>, timeout: Duration = .seconds(10)
    ) async throws(KafkaError) -> [TopicPartition: KafkaCommit] {
        loop.preconditionInLoop()
        if isClosing { throw .closed }
        return try await client.runBlocking { handle in
            let list = PartitionList(partitions)
            let code = list.withPointer { rd_kafka_committed(handle.pointer, $0, timeout.cMilliseconds) }
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { return .failure(KafkaError(code)) }
            return list.commits
        }
    }

    /// The offset of the oldest message that `partition` holds, and the one that its next message will get. Asks the
    /// partition's leader, on the blocking thread.
    public func watermarks(
        _ partition: TopicPartition, timeout: Duration = .seconds(5)
    ) async throws(KafkaError) -> (low: Int64, high: Int64) {
        loop.preconditionInLoop()
        if isClosing { throw .closed }
        return try await client.runBlocking { handle in
            var low: Int64 = 0
            var high: Int64 = 0
            let code = rd_kafka_query_watermark_offsets(
                handle.pointer, partition.topic, partition.partition, &low, &high, timeout.cMilliseconds)
            return code == RD_KAFKA_RESP_ERR_NO_ERROR ? .success((low, high)) : .failure(KafkaError(code))
        }
    }
}
