/// One request's departure from the fake's usual behaviour. What is nil stays as usual.
///
/// A step with a status or a body answers at once, without the usual checks; any other changes how the usual answer
/// looks or arrives.
public struct ScenarioStep: Sendable {
    /// The status of the answer.
    public var status: Int?
    /// Fields that are added to the answer.
    public var headers: [String: String] = [:]
    /// The body of the answer.
    public var body: ScenarioBody?
    /// Wait before the first byte of the answer.
    public var waitBeforeHead = Duration.zero
    /// Wait between the head and the body.
    public var waitAfterHead = Duration.zero
    /// Slow writing of the body.
    public var trickle: Trickle?
    /// How the end of the body is marked; nil: chunked for a stream, a length for the rest.
    public var framing: ScenarioFraming?
    /// How the answer ends.
    public var ending = ScenarioEnding.orderly
    /// How a token is given out.
    public var token = TokenShape()
    /// How a stream of events looks.
    public var stream = StreamShape()

    /// So many bytes at a time, with a wait before each further write.
    public struct Trickle: Sendable, Equatable {
        /// Bytes of a write; at least 1.
        public var bytes: Int
        /// Time between two writes; may be zero.
        public var every: Duration

        /// Checks nothing but that there is something to write.
        public init(bytes: Int, every: Duration) {
            precondition(bytes > 0, "a write has at least one byte")
            self.bytes = bytes
            self.every = every
        }
    }

    /// A step that changes nothing.
    public init() {}

    /// A step that answers with a status and, when given, a body.
    public init(status: Int, body: ScenarioBody? = nil, headers: [String: String] = [:]) {
        self.status = status
        self.body = body
        self.headers = headers
    }

    /// Whether the usual checks and answers are left out.
    var replacesAnswer: Bool { status != nil || body != nil }
}
