import CLibrdkafka
import EventLoop

extension KafkaTopicReader {
    /// How far the reader's group has come in each partition of `topic`, in order. Asks the group's coordinator and the
    /// partitions' leaders, on the blocking thread, which takes up to `timeout` altogether. Throws `rejected` for a
    /// topic that does not exist, `timedOut` or `unavailable` when the cluster does not answer.
    public func groupOffsets(in topic: String, timeout: Duration) async throws(KafkaError) -> [KafkaGroupOffsets] {
        loop.preconditionInLoop()
        let deadline = MonotonicTime.now + timeout
        let present = try await client.runBlocking { $0.presentOffsets(of: topic, timeout: timeout) }
        let committed = try await client.runBlocking { handle -> Result<[TopicPartition: KafkaCommit], KafkaError> in
            let list = PartitionList(present.keys)
            let patience = max(.milliseconds(1), deadline - .now)
            let code = list.withPointer { rd_kafka_committed(handle.pointer, $0, patience.cMilliseconds) }
            guard code == RD_KAFKA_RESP_ERR_NO_ERROR else { return .failure(KafkaError(code)) }
            return list.commits
        }
        return present.map { partition, offsets in
            KafkaGroupOffsets(partition: partition.partition, present: offsets, committed: committed[partition]?.offset)
        }.sorted { $0.partition < $1.partition }
    }
}
