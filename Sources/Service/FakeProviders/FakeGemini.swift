import JSON

/// Gemini in OpenAI's form: lists names with a prefix, wraps errors in a list, and says 400 to a wrong key.
struct FakeGemini: FakeDialect {
    private static let unknown = ["seed", "presence_penalty", "frequency_penalty"]

    let models: [JSONValue] = ["gemini-3.5-flash", "gemini-embedding-001"].map { (name: String) in
        ["id": .string("models/\(name)"), "object": "model", "owned_by": "google"]
    }

    var keyRefusal: FakeReply {
        Self.error(
            400, "API key not valid. Please pass a valid API key.", "INVALID_ARGUMENT",
            [["@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"]])
    }

    func error(_ status: Int, _ message: String) -> FakeReply {
        switch status {
        case 429:
            Self.error(
                429, message, "RESOURCE_EXHAUSTED",
                [["@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "37s"]])
        case 403: Self.error(403, message, "PERMISSION_DENIED")
        case 404: Self.error(404, message, "NOT_FOUND")
        case 500...: Self.error(status, message, "UNAVAILABLE")
        default: Self.error(status, message, "INVALID_ARGUMENT")
        }
    }

    private static func error(
        _ status: Int, _ message: String, _ word: String, _ details: [JSONValue] = []
    ) -> FakeReply {
        .json(
            [
                [
                    "error": [
                        "code": .integer(status), "message": .string(message), "status": .string(word),
                        "details": .array(details),
                    ]
                ]
            ], status: status)
    }

    /// Guess: that the form of OpenAI is as strict about these as the native one.
    func refusal(of body: JSONValue) -> FakeReply? {
        Self.unknown.first { body[$0] != nil }.map { name in
            error(400, "Invalid JSON payload received. Unknown name \"\(name)\": Cannot find field.")
        }
    }
}
