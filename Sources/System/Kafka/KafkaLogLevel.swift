/// The severity of a librdkafka log line: syslog(3)'s eight levels.
public enum KafkaLogLevel: Int32, Comparable, CaseIterable, Sendable {
    /// The system is unusable.
    case emergency
    /// Action must be taken at once.
    case alert
    /// A critical condition.
    case critical
    /// An error.
    case error
    /// A warning.
    case warning
    /// Normal but significant.
    case notice
    /// For information.
    case info
    /// For debugging; comes only when the `debug` setting names contexts.
    case debug

    /// Orders by severity: `emergency` is the smallest, as in syslog.
    public static func < (left: KafkaLogLevel, right: KafkaLogLevel) -> Bool {
        left.rawValue < right.rawValue
    }
}
