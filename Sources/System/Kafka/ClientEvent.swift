import CLibrdkafka

/// One event taken from a queue; freed, with all it holds, when it goes out of scope.
struct ClientEvent: ~Copyable {
    let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit {
        rd_kafka_event_destroy(pointer)
    }

    /// One of `RD_KAFKA_EVENT_…`.
    var type: Int32 { rd_kafka_event_type(pointer) }

    /// The number that the request carried as its opaque pointer.
    var requestID: UInt { UInt(bitPattern: rd_kafka_event_opaque(pointer)) }

    /// The failure that the event reports, if any.
    var error: KafkaError? {
        let code = rd_kafka_event_error(pointer)
        guard code != RD_KAFKA_RESP_ERR_NO_ERROR else { return nil }
        let isFatal = type == RD_KAFKA_EVENT_ERROR && rd_kafka_event_error_is_fatal(pointer) != 0
        return KafkaError(code, message: String(cString: rd_kafka_event_error_string(pointer)), isFatal: isFatal)
    }

    /// The partition whose end the event reports, if it does that.
    var endOfPartition: TopicPartition? {
        guard rd_kafka_event_error(pointer) == RD_KAFKA_RESP_ERR__PARTITION_EOF,
            let place = rd_kafka_event_topic_partition(pointer)
        else { return nil }
        defer { rd_kafka_topic_partition_destroy(place) }
        return TopicPartition(place.pointee)
    }

    /// The messages of a delivery report or a fetch, valid as long as the event.
    func forEachMessage(_ body: (UnsafePointer<rd_kafka_message_t>) -> Void) {
        while let message = rd_kafka_event_message_next(pointer) { body(message) }
    }

    /// Hands a log event to `sink`.
    func log(to sink: KafkaConfiguration.LogSink) {
        var facility: UnsafePointer<CChar>?
        var text: UnsafePointer<CChar>?
        var level: Int32 = 0
        guard rd_kafka_event_log(pointer, &facility, &text, &level) == 0, let facility, let text else { return }
        sink(KafkaLogLevel(rawValue: level) ?? .debug, String(cString: facility), String(cString: text))
    }
}
