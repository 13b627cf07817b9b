/// One piece of work of a trace, after it has ended.
public struct Span: Sendable {
    /// What part it has; the raw value is OpenTelemetry's number for it.
    public enum Kind: Int, Sendable {
        /// Answers somebody.
        case server = 2
        /// Asks somebody.
        case client = 3
        /// Does what came by a queue.
        case consumer = 5
    }

    /// What was done, of few different values: a route, not an address.
    public var name: String
    /// What part it has.
    public var kind: Kind
    /// The trace, and the span itself.
    public var context: TraceContext
    /// The span that caused it; nil where the trace begins.
    public var parentSpanID: String?
    /// When it began.
    public var start: WallTime
    /// When it ended.
    public var end: WallTime
    /// Names and values.
    public var attributes: [(String, Logger.Value)]
    /// The class of the failure; nil when it went well.
    public var failure: String?

    /// Gathers a span that ends now and has taken `duration`.
    public init(
        _ name: String, _ kind: Kind, _ context: TraceContext, parentSpanID: String?, duration: Duration,
        attributes: [(String, Logger.Value)] = [], failure: String? = nil
    ) {
        let (seconds, attoseconds) = duration.components
        self.name = name
        self.kind = kind
        self.context = context
        self.parentSpanID = parentSpanID
        end = .now
        start = WallTime(microseconds: end.microseconds - seconds * 1_000_000 - attoseconds / 1_000_000_000_000)
        self.attributes = attributes
        self.failure = failure
    }
}
