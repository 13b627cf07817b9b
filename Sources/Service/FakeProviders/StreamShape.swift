public import JSON

/// How a stream of events looks.
public struct StreamShape: Sendable, Equatable {
    /// What ends a line: LF, CRLF or CR.
    public var lineEnd = "\n"
    /// What stands between `data:` and the value.
    public var blank = " "
    /// How many pieces the text comes in; at least 1.
    public var chunks = 3
    /// Deltas in place of the text's pieces.
    public var deltas: [JSONValue]?
    /// Time between two events.
    public var pause = Duration.zero
    /// Whether all events are written at once.
    public var isOneWrite = false
    /// Where the usage stands.
    public var usage = Usage.lastChunk
    /// Why the answer ended; nil: the last chunk does not say.
    public var finishReason: String? = "stop"
    /// Whether `[DONE]` comes.
    public var hasDoneMarker = true
    /// Lines before each event, such as `: keep-alive` or `event: message`.
    public var extraLines: [String] = []
    /// Values of `data:` after the text and before the last chunk, as they are: an error object, broken JSON.
    public var rawEvents: [String] = []
    /// Text behind the last event, as it is.
    public var trailer = ""

    /// Where the numbers of tokens stand.
    public enum Usage: String, Sendable, CaseIterable {
        /// In the last chunk, with the finish reason.
        case lastChunk = "last"
        /// In a chunk of its own with no choices.
        case ownChunk = "own"
        /// Nowhere.
        case absent
    }

    /// The usual shape.
    public init() {}
}
