import JSON

/// DeepSeek: keeps connections alive with blank lines and comments, thinks aloud, and says 402 when the money is gone.
struct FakeDeepSeek: FakeDialect {
    let models: [JSONValue] = ["deepseek-flash", "deepseek-v4-pro"].map {
        ["id": $0, "object": "model", "owned_by": "deepseek"]
    }

    var keyRefusal: FakeReply {
        error(401, "Authentication Fails, Your api key is invalid")
    }

    var prelude: (whole: String, stream: String)? { ("\n\n", ": keep-alive\n\n") }

    /// Types and codes are not to be relied on: the code is the same for all.
    func error(_ status: Int, _ message: String) -> FakeReply {
        let type: JSONValue = status == 401 ? "authentication_error" : status == 402 ? "unknown_error" : "api_error"
        return .json(
            [
                "error": [
                    "message": .string(message), "type": type, "param": .null, "code": "invalid_request_error",
                ]
            ], status: status)
    }

    func refusal(of body: JSONValue) -> FakeReply? {
        for message in body["messages"]?.arrayValue ?? [] where message["content"]?.arrayValue != nil {
            return error(400, "content must be a plain string")
        }
        // Guess: the words.
        if body["response_format"]?["type"] == "json_schema" {
            return error(400, "This response_format type is unavailable now")
        }
        return nil
    }

    func reasoning(on body: JSONValue) -> String? {
        body["thinking"]?["type"] == "disabled" ? nil : "hm"
    }
}
