import CLibrdkafka

extension ClientHandle {
    /// The settings that are in force for topics, by topic and name. Topics that the brokers say nothing about are
    /// left out. Blocks up to `timeout`.
    func settings(ofTopics names: Set<String>, timeout: Duration) -> Result<[String: [String: String]], KafkaError> {
        let options = rd_kafka_AdminOptions_new(pointer, RD_KAFKA_ADMIN_OP_DESCRIBECONFIGS)
        defer { rd_kafka_AdminOptions_destroy(options) }
        var text = ErrorText()
        let code = rd_kafka_AdminOptions_set_request_timeout(
            options, timeout.cMilliseconds, &text.bytes, text.bytes.count)
        guard code == RD_KAFKA_RESP_ERR_NO_ERROR else {
            return .failure(.configuration(key: "timeout", reason: text.string))
        }
        var resources = names.map { rd_kafka_ConfigResource_new(RD_KAFKA_RESOURCE_TOPIC, $0) }
        defer { resources.forEach { rd_kafka_ConfigResource_destroy($0) } }
        let queue = rd_kafka_queue_new(pointer)
        defer { rd_kafka_queue_destroy(queue) }
        rd_kafka_DescribeConfigs(pointer, &resources, resources.count, options, queue)
        guard let answer = rd_kafka_queue_poll(queue, timeout.cMilliseconds) else { return .failure(.gaveUpWaiting) }
        let event = ClientEvent(answer)
        if let error = event.error { return .failure(error) }
        return .success(event.topicSettings)
    }
}

extension ClientEvent {
    /// What a description of topics says of those that it could look at.
    fileprivate var topicSettings: [String: [String: String]] {
        var count = 0
        let described = rd_kafka_DescribeConfigs_result_resources(
            rd_kafka_event_DescribeConfigs_result(pointer), &count)
        var settings: [String: [String: String]] = [:]
        for topic in UnsafeBufferPointer(start: described, count: count)
        where rd_kafka_ConfigResource_error(topic) == RD_KAFKA_RESP_ERR_NO_ERROR {
            settings[String(cString: rd_kafka_ConfigResource_name(topic))] = Self.entries(of: topic)
        }
        return settings
    }

    /// Settings without a value are left out.
    private static func entries(of topic: OpaquePointer?) -> [String: String] {
        var count = 0
        let entries = rd_kafka_ConfigResource_configs(topic, &count)
        var settings: [String: String] = [:]
        for entry in UnsafeBufferPointer(start: entries, count: count) {
            guard let value = rd_kafka_ConfigEntry_value(entry) else { continue }
            settings[String(cString: rd_kafka_ConfigEntry_name(entry))] = String(cString: value)
        }
        return settings
    }
}
