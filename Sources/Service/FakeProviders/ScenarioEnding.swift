/// How an answer ends. Bytes are those of the body on the wire, chunk sizes included; nil: before the head.
public enum ScenarioEnding: Sendable, Equatable {
    /// Completely, as its framing says.
    case orderly
    /// The connection is closed after so many bytes.
    case fin(after: Int?)
    /// The connection is reset after so many bytes.
    case rst(after: Int?)
    /// Nothing more comes after so many bytes; the connection stays open.
    case stall(after: Int?)
}
