import JSON

/// An answer before it is put on the wire.
struct FakeReply: Sendable {
    var status = 200
    var contentType: String? = "application/json; charset=utf-8"
    var fields: [(name: String, value: String)] = []
    /// Each piece is written by itself, and is a chunk of its own where the body is chunked.
    var pieces: [[UInt8]] = []
    /// Time between two pieces.
    var pause = Duration.zero
    var isStream = false
    var notes: [String] = []

    static func json(_ value: JSONValue, status: Int = 200) -> FakeReply {
        FakeReply(status: status, pieces: [value.serialized()])
    }

    /// An error as the API words it.
    static func apiError(_ status: Int, _ message: String) -> FakeReply {
        .json(["status": .integer(status), "message": .string(message)], status: status)
    }

    /// An error as the listener for authorisation words it.
    static func oauthError(_ status: Int, code: Int, _ message: String) -> FakeReply {
        .json(["code": .integer(code), "message": .string(message)], status: status)
    }

    static func html(_ status: Int, _ text: String) -> FakeReply {
        FakeReply(status: status, contentType: "text/html", pieces: [Array(text.utf8)])
    }
}
