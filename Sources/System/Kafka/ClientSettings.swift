import CLibrdkafka

/// librdkafka's configuration object until a client takes it over.
struct ClientSettings: ~Copyable {
    let pointer: OpaquePointer

    /// Collects all settings. `defaults` give way to the caller's `extra`; `required` may not be named there.
    init(
        _ configuration: KafkaConfiguration,
        defaults: [(key: String, value: String)] = [],
        required: [(key: String, value: String)] = [],
        events: Int32
    ) throws(KafkaError) {
        // Allocation failure aborts inside librdkafka, so this is never NULL.
        pointer = rd_kafka_conf_new()
        let fixed = configuration.settings + required
        for (key, _) in fixed where configuration.extra[key] != nil {
            throw .configuration(key: key, reason: "is set by a property of its own or fixed by this module")
        }
        rd_kafka_conf_set_events(pointer, events)
        // Lines that cannot reach the log queue are dropped instead of going to stderr.
        rd_kafka_conf_set_log_cb(pointer, nil)
        for (key, value) in defaults where configuration.extra[key] == nil { try set(key, value) }
        for (key, value) in configuration.extra.sorted(by: { $0.key < $1.key }) { try set(key, value) }
        for (key, value) in fixed { try set(key, value) }
    }

    deinit {
        rd_kafka_conf_destroy(pointer)
    }

    private func set(_ key: String, _ value: String) throws(KafkaError) {
        guard !value.utf8.contains(0) else { throw .configuration(key: key, reason: "contains a NUL byte") }
        var text = ErrorText()
        guard rd_kafka_conf_set(pointer, key, value, &text.bytes, text.bytes.count) == RD_KAFKA_CONF_OK else {
            throw .configuration(key: key, reason: text.string)
        }
    }

    /// Starts a client. It owns the settings from then on; when it cannot start they are freed here.
    consuming func start(_ kind: rd_kafka_type_t) throws(KafkaError) -> ClientHandle {
        var text = ErrorText()
        guard let client = rd_kafka_new(kind, pointer, &text.bytes, text.bytes.count) else {
            _ = consume self
            throw .configuration(key: "client", reason: text.string)
        }
        discard self
        return ClientHandle(client)
    }
}

/// A buffer for the words that librdkafka leaves behind with a refusal.
struct ErrorText {
    var bytes = [CChar](repeating: 0, count: 512)

    var string: String {
        String(decoding: bytes.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
