import CLibrdkafka
import EventLoop

extension KafkaAdmin {
    /// Creates topics and tells what became of each. A topic that exists already is not an error.
    ///
    /// Throws `unsupported` when the brokers do not know the operation (the embedded broker does not), `configuration`
    /// for a specification that is impossible in itself, `timedOut` or `unavailable` when the cluster does not answer.
    public func createTopics(
        _ topics: [KafkaTopicSpecification], timeout: Duration = .seconds(30)
    ) async throws(KafkaError) -> [String: KafkaTopicOutcome] {
        loop.preconditionInLoop()
        guard !topics.isEmpty else { return [:] }
        if isClosing { throw .closed }
        for topic in topics { try topic.validate() }
        try await checkSupport(timeout)
        if isClosing { throw .closed }
        let id = nextID
        nextID += 1
        let reply = Reply<Creation>(on: loop)
        creations[id] = reply
        do throws(KafkaError) {
            try requestCreation(of: topics, timeout: timeout, id: id)
        } catch {
            creations[id] = nil
            throw error
        }
        // The library answers within its own time-out; ours is the safety net.
        let result = await reply.value(within: timeout + .seconds(5))
        creations[id] = nil
        return try (result ?? .failure(.gaveUpWaiting)).get()
    }

    /// The embedded broker names no controller, so a request would only time out; but its cluster id tells.
    func checkSupport(_ timeout: Duration) async throws(KafkaError) {
        let isEmbedded = try await client.runBlocking { $0.isEmbeddedCluster(timeout: timeout) }
        guard !isEmbedded else {
            throw KafkaError(RD_KAFKA_RESP_ERR__UNSUPPORTED_FEATURE, message: "the embedded broker has no admin API")
        }
    }

    private func requestCreation(
        of topics: [KafkaTopicSpecification], timeout: Duration, id: UInt
    ) throws(KafkaError) {
        var requests: [OpaquePointer?] = []
        defer { requests.forEach { rd_kafka_NewTopic_destroy($0) } }
        for topic in topics { requests.append(try newTopic(topic)) }
        let handle = client.handle.pointer
        let options = rd_kafka_AdminOptions_new(handle, RD_KAFKA_ADMIN_OP_CREATETOPICS)
        defer { rd_kafka_AdminOptions_destroy(options) }
        var text = ErrorText()
        let milliseconds = timeout.cMilliseconds
        for set in [rd_kafka_AdminOptions_set_request_timeout, rd_kafka_AdminOptions_set_operation_timeout] {
            guard set(options, milliseconds, &text.bytes, text.bytes.count) == RD_KAFKA_RESP_ERR_NO_ERROR else {
                throw .configuration(key: "timeout", reason: text.string)
            }
        }
        rd_kafka_AdminOptions_set_opaque(options, UnsafeMutableRawPointer(bitPattern: id))
        rd_kafka_CreateTopics(handle, &requests, requests.count, options, client.queue)
    }

    private func newTopic(_ topic: KafkaTopicSpecification) throws(KafkaError) -> OpaquePointer {
        var text = ErrorText()
        guard
            let request = rd_kafka_NewTopic_new(
                topic.name, Int32(clamping: topic.partitions), Int32(clamping: topic.replication),
                &text.bytes, text.bytes.count)
        else { throw .configuration(key: topic.name, reason: text.string) }
        for (key, value) in topic.settings {
            // Fails only for an empty name.
            guard rd_kafka_NewTopic_set_config(request, key, value) == RD_KAFKA_RESP_ERR_NO_ERROR else {
                rd_kafka_NewTopic_destroy(request)
                throw .configuration(key: key, reason: "is not a setting of topic \(topic.name)")
            }
        }
        return request
    }

    func finishCreation(_ event: borrowing ClientEvent) {
        guard event.type == RD_KAFKA_EVENT_CREATETOPICS_RESULT, let reply = creations[event.requestID] else { return }
        if let error = event.error { return reply.resolve(.failure(error)) }
        var count = 0
        let results = rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event.pointer), &count)
        var outcomes: [String: KafkaTopicOutcome] = [:]
        for result in UnsafeBufferPointer(start: results, count: count) {
            outcomes[String(cString: rd_kafka_topic_result_name(result))] = KafkaTopicOutcome(result)
        }
        reply.resolve(.success(outcomes))
    }
}

extension KafkaTopicOutcome {
    fileprivate init(_ result: OpaquePointer?) {
        switch rd_kafka_topic_result_error(result) {
        case RD_KAFKA_RESP_ERR_NO_ERROR: self = .created
        case RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS: self = .existed
        case let code:
            let message = rd_kafka_topic_result_error_string(result).map { String(cString: $0) }
            self = .failed(KafkaError(code, message: message))
        }
    }
}
