/// What librdkafka said about a failure, copied at the call.
public struct KafkaFault: Hashable, Sendable, CustomStringConvertible {
    /// The `rd_kafka_resp_err_t`: positive codes come from the broker (Kafka's protocol guide, "Error Codes"),
    /// negative ones from the library.
    public let code: Int32
    /// The code's name without prefix, such as `UNKNOWN_TOPIC_OR_PART` or `_MSG_TIMED_OUT`.
    public let name: String
    /// Words for a person; never holds credentials.
    public let message: String

    /// The name, then the words.
    public var description: String { "\(name): \(message)" }
}
