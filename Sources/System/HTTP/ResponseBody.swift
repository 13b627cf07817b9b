/// What a response has to say, as far as its head must know.
public enum ResponseBody: Sendable, Equatable {
    /// This many bytes, known before the first one is sent. Zero is an empty body.
    case length(Int)
    /// Bytes that are still being made.
    case stream
}

/// How body bytes go out after the head, decided by ``ResponseEncoder``.
public enum BodyTransmission: Sendable, Equatable {
    /// Nothing may follow the head: it answers HEAD, or the status has no content.
    case omitted
    /// The announced bytes as they are.
    case plain
    /// Each piece through ``ChunkEncoder``, then its `end`.
    case chunked
    /// Bytes as they are, and closing the connection ends them (a stream to HTTP/1.0).
    case untilClose
}
