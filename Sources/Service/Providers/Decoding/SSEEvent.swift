/// One event of a stream (WHATWG HTML, 9.2 "Server-sent events").
struct SSEEvent: Sendable, Equatable {
    /// The lines of data, with line feeds between them.
    var data: String
    /// The event's kind; nil where the stream did not name one.
    var name: String?
    /// The last id that the stream gave, this event's or an earlier one's.
    var id: String?
}
