import Kafka

extension KafkaError {
    /// The name of the case, for expectations.
    var caseName: String {
        switch self {
        case .configuration(let key, _): "configuration \(key)"
        case .queueFull: "queueFull"
        case .timedOut: "timedOut"
        case .unavailable: "unavailable"
        case .rejected: "rejected"
        case .unsupported: "unsupported"
        case .fatal: "fatal"
        case .closed: "closed"
        case .system: "system"
        }
    }
}

extension Result where Failure == KafkaError {
    /// The name of the failure's case; nil for a success.
    var failureName: String? {
        if case .failure(let error) = self { error.caseName } else { nil }
    }
}
