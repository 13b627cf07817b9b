import JSON

/// Qwen by DashScope in OpenAI's form.
struct FakeQwen: FakeDialect {
    let models: [JSONValue] = ["qwen3-coder-plus", "qwen3-coder-flash", "text-embedding-v4"].map {
        ["id": $0, "object": "model", "owned_by": "system"]
    }

    var keyRefusal: FakeReply {
        error(401, "invalid access token or token expired")
    }

    func error(_ status: Int, _ message: String) -> FakeReply {
        .json(
            [
                "error": [
                    "message": .string(message), "type": "invalid_request_error", "param": .null,
                    "code": status == 401 ? "invalid_api_key" : "invalid_parameter",
                ], "request_id": "fake-dashscope-request",
            ], status: status)
    }

    func refusal(of body: JSONValue) -> FakeReply? { nil }
}
