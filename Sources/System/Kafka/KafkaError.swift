public import EventLoop

/// Why a Kafka operation failed, by what the caller can do about it.
public enum KafkaError: Error, Sendable, CustomStringConvertible {
    /// A setting is unknown, malformed or reserved: mend it. `key` is librdkafka's name of the setting, or `client`
    /// when the settings were each accepted but do not work together (an unreadable certificate, for instance).
    case configuration(key: String, reason: String)
    /// A bounded local queue is full: the producer's, or the blocking thread's. Try again when some work has ended.
    case queueFull
    /// No answer in time. The operation may or may not have happened.
    case timedOut(KafkaFault)
    /// The brokers, or the right one among them, cannot serve this now. The same call may work later.
    case unavailable(KafkaFault)
    /// The request itself was refused; repeating it unchanged is pointless.
    case rejected(KafkaFault)
    /// The broker or the library does not know this operation.
    case unsupported(KafkaFault)
    /// The client is finished: close it and make a new one.
    case fatal(KafkaFault)
    /// The client is closed or closing. What was under way may or may not have happened.
    case closed
    /// The operating system refused a resource, such as a descriptor.
    case system(SystemError)

    /// Whether the same call may succeed later on the same client.
    public var isRetriable: Bool {
        switch self {
        case .queueFull, .timedOut, .unavailable: true
        case .configuration, .rejected, .unsupported, .fatal, .closed, .system: false
        }
    }

    /// Whether the client that reported it is of no further use.
    public var isFatal: Bool {
        switch self {
        case .fatal, .closed: true
        case .configuration, .queueFull, .timedOut, .unavailable, .rejected, .unsupported, .system: false
        }
    }

    /// Whether the brokers do not know the topic or partition. They also say so for a moment while they start.
    public var isAboutMissingTopic: Bool {
        guard let name = fault?.name else { return false }
        return ["_UNKNOWN_TOPIC", "_UNKNOWN_PARTITION", "UNKNOWN_TOPIC_OR_PART"].contains(name)
    }

    /// What librdkafka said, where it was librdkafka that failed.
    public var fault: KafkaFault? {
        switch self {
        case .timedOut(let fault), .unavailable(let fault), .rejected(let fault), .unsupported(let fault),
            .fatal(let fault):
            fault
        case .configuration, .queueFull, .closed, .system: nil
        }
    }

    /// One line for a log.
    public var description: String {
        switch self {
        case .configuration(let key, let reason): "Kafka setting \(key): \(reason)"
        case .queueFull: "a local Kafka queue is full"
        case .closed: "the Kafka client is closed"
        case .system(let error): error.description
        case .timedOut(let fault): "Kafka timed out: \(fault)"
        case .unavailable(let fault): "Kafka is unavailable: \(fault)"
        case .rejected(let fault): "Kafka refused: \(fault)"
        case .unsupported(let fault): "Kafka does not support this: \(fault)"
        case .fatal(let fault): "the Kafka client failed for good: \(fault)"
        }
    }
}
