import CLibrdkafka

extension ClientHandle {
    /// Makes a consumer a member of its group, to read `topics`. Does not wait for the group.
    func subscribe(to topics: [String]) throws(KafkaError) {
        try KafkaError.check(PartitionList(topics: topics).withPointer { rd_kafka_subscribe(pointer, $0) })
    }
}
