/// How an answer marks the end of its body.
public enum ScenarioFraming: Sendable, Equatable {
    /// `Content-Length`.
    case length
    /// A `Content-Length` that is so many bytes too large; the connection ends after the body.
    case wrongLength(excess: Int)
    /// Chunks.
    case chunked
    /// Chunks, the second of which has a size that is no number; the connection ends after it.
    case badChunk
    /// The end of the connection.
    case untilClose
}
