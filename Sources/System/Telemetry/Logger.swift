/// Writes log lines with fields. A value: copy it with more fields by `with`.
public struct Logger: Sendable {
    /// One field's value.
    public enum Value: Sendable, ExpressibleByStringInterpolation, ExpressibleByIntegerLiteral,
        ExpressibleByFloatLiteral
    {
        /// Text.
        case text(String)
        /// A whole number.
        case integer(Int)
        /// A measured number.
        case number(Double)

        /// A literal or interpolated text.
        public init(stringLiteral value: String) { self = .text(value) }
        /// A literal whole number.
        public init(integerLiteral value: Int) { self = .integer(value) }
        /// A literal floating-point number.
        public init(floatLiteral value: Double) { self = .number(value) }
    }

    /// Names and values, in the order they are to appear.
    public typealias Fields = KeyValuePairs<String, Value>

    private let sink: LogSink
    private let fields: [(String, Value)]

    /// A logger without fields of its own.
    public init(_ sink: LogSink) {
        self.sink = sink
        fields = []
    }

    private init(_ sink: LogSink, _ fields: [(String, Value)]) {
        self.sink = sink
        self.fields = fields
    }

    /// The same logger with more fields on every line.
    public func with(_ more: Fields) -> Logger {
        Logger(sink, fields + more.map { ($0.key, $0.value) })
    }

    /// Whether lines of `level` are written at all.
    public func isEnabled(_ level: LogLevel) -> Bool {
        level >= sink.minimumLevel
    }

    /// Writes a line. Secrets and the contents of cells and prompts do not belong in it.
    public func log(_ level: LogLevel, _ message: @autoclosure () -> String, _ more: Fields = [:]) {
        guard isEnabled(level) else { return }
        sink.write(level, message(), fields + more.map { ($0.key, $0.value) })
    }

    /// Writes a line at `debug`.
    public func debug(_ message: @autoclosure () -> String, _ more: Fields = [:]) { log(.debug, message(), more) }
    /// Writes a line at `info`.
    public func info(_ message: @autoclosure () -> String, _ more: Fields = [:]) { log(.info, message(), more) }
    /// Writes a line at `notice`.
    public func notice(_ message: @autoclosure () -> String, _ more: Fields = [:]) { log(.notice, message(), more) }
    /// Writes a line at `warning`.
    public func warning(_ message: @autoclosure () -> String, _ more: Fields = [:]) { log(.warning, message(), more) }
    /// Writes a line at `error`.
    public func error(_ message: @autoclosure () -> String, _ more: Fields = [:]) { log(.error, message(), more) }
}
