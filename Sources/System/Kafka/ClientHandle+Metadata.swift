import CLibrdkafka

extension ClientHandle {
    /// How many brokers there are and, if asked for, the topics by name. Blocks up to `timeout`.
    func metadata(
        ofAllTopics: Bool, timeout: Duration
    ) -> Result<(brokers: Int, topics: [KafkaTopic]), KafkaError> {
        var answer: UnsafePointer<rd_kafka_metadata>?
        let code = rd_kafka_metadata(pointer, ofAllTopics ? 1 : 0, nil, &answer, timeout.cMilliseconds)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR, let answer else { return .failure(KafkaError(code)) }
        defer { rd_kafka_metadata_destroy(answer) }
        let topics = UnsafeBufferPointer(start: answer.pointee.topics, count: Int(answer.pointee.topic_cnt))
        let listed = topics.map { KafkaTopic($0) }.filter { !$0.name.hasPrefix("__") }.sorted { $0.name < $1.name }
        return .success((Int(answer.pointee.broker_cnt), listed))
    }
}

extension ClientHandle {
    /// Whether the cluster is librdkafka's mock. Blocks up to `timeout` until a broker has introduced itself.
    func isEmbeddedCluster(timeout: Duration) -> Result<Bool, KafkaError> {
        guard let id = rd_kafka_clusterid(pointer, timeout.cMilliseconds) else { return .failure(.gaveUpWaiting) }
        defer { rd_kafka_mem_free(pointer, id) }
        return .success(String(cString: id).hasPrefix("mockCluster"))
    }
}

extension KafkaTopic {
    init(_ topic: rd_kafka_metadata_topic) {
        let hasPartitions = topic.partition_cnt > 0
        self.init(
            name: String(cString: topic.topic),
            partitions: Int(topic.partition_cnt),
            replication: hasPartitions ? Int(topic.partitions[0].replica_cnt) : 0
        )
    }
}
