import CLibrdkafka
import EventLoop

extension KafkaConsumer {
    /// Reads on at these offsets. What was fetched before is dropped, and held partitions go on there after `resume`.
    ///
    /// It takes a moment: messages from before may still come. A partition that has not begun to fetch ignores it; who
    /// needs to know looks at the offsets that come.
    public func seek(to offsets: [TopicPartition: Int64]) {
        loop.preconditionInLoop()
        guard !isClosing, !offsets.isEmpty else { return }
        let error = PartitionList(offsets).withPointer {
            rd_kafka_seek_partitions(client.handle.pointer, $0, 0)
        }
        if let error { report(KafkaError(taking: error)) }
    }
}
