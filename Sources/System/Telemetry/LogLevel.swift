/// How much a log line matters.
public enum LogLevel: Int, Comparable, Sendable, CaseIterable {
    /// For developers.
    case debug
    /// The ordinary course of things.
    case info
    /// Ordinary but worth a look: start, stop, a change of state.
    case notice
    /// Something is wrong and the service copes.
    case warning
    /// Something failed that someone should look at.
    case error

    /// The name in configuration and output.
    public var name: String {
        switch self {
        case .debug: "debug"
        case .info: "info"
        case .notice: "notice"
        case .warning: "warning"
        case .error: "error"
        }
    }

    /// Reads a name, in any case.
    public init?(name: String) {
        guard let level = LogLevel.allCases.first(where: { $0.name == name.lowercased() }) else { return nil }
        self = level
    }

    /// Orders by weight.
    public static func < (left: LogLevel, right: LogLevel) -> Bool {
        left.rawValue < right.rawValue
    }
}
