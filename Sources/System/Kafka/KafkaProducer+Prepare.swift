import CLibrdkafka
import EventLoop

extension KafkaProducer {
    /// Learns where the partitions of `topics` are, so that the first record of each does not have to wait for it
    /// (up to a second in librdkafka 2.0.2). Asks on the blocking thread, at most `timeout` for each topic.
    public func prepare(topics: [String], timeout: Duration = .seconds(5)) async throws(KafkaError) {
        loop.preconditionInLoop()
        if isClosing { throw .closed }
        try await client.runBlocking { handle -> Result<Void, KafkaError> in
            for topic in topics {
                if let error = handle.learn(topic, timeout: timeout) { return .failure(error) }
            }
            return .success(())
        }
    }
}

extension ClientHandle {
    /// Makes the client know `topic` and its leaders. Blocks up to `timeout`.
    fileprivate func learn(_ topic: String, timeout: Duration) -> KafkaError? {
        guard let local = rd_kafka_topic_new(pointer, topic, nil) else { return KafkaError(rd_kafka_last_error()) }
        defer { rd_kafka_topic_destroy(local) }
        var answer: UnsafePointer<rd_kafka_metadata>?
        let code = rd_kafka_metadata(pointer, 0, local, &answer, timeout.cMilliseconds)
        if let answer { rd_kafka_metadata_destroy(answer) }
        return code == RD_KAFKA_RESP_ERR_NO_ERROR ? nil : KafkaError(code)
    }
}
