import JSON

/// Mistral: refuses what it does not know, wants ids of nine characters, and words errors in several ways.
struct FakeMistral: FakeDialect {
    private static let fields: Set<String> = [
        "model", "messages", "temperature", "top_p", "max_tokens", "stream", "stop", "random_seed", "safe_prompt",
        "response_format", "tools", "tool_choice", "presence_penalty", "frequency_penalty", "n", "parallel_tool_calls",
        "prediction", "prompt_mode",
    ]
    private static let messageFields: [String: Set<String>] = [
        "system": ["role", "content"], "user": ["role", "content"],
        "assistant": ["role", "content", "tool_calls", "prefix"],
        "tool": ["role", "content", "tool_call_id", "name"],
    ]

    let models: [JSONValue] = [
        [
            "id": "mistral-small-2503", "object": "model", "created": 1, "owned_by": "mistralai",
            "capabilities": ["completion_chat": true, "function_calling": true], "max_context_length": 131_072,
            "aliases": ["mistral-small-latest"],
        ],
        [
            "id": "magistral-small-2506", "object": "model", "created": 1, "owned_by": "mistralai",
            "capabilities": ["completion_chat": true, "function_calling": false], "max_context_length": 40_960,
            "aliases": [],
        ],
        [
            "id": "mistral-embed", "object": "model", "created": 1, "owned_by": "mistralai",
            "capabilities": ["completion_chat": false], "max_context_length": 8_192, "aliases": [],
        ],
        [
            "id": "mistral-ocr-latest", "object": "model", "created": 1, "owned_by": "mistralai",
            "capabilities": ["completion_chat": false], "max_context_length": 8_192, "aliases": [],
        ],
    ]

    var keyRefusal: FakeReply { .json(["detail": "Unauthorized"], status: 401) }

    func error(_ status: Int, _ message: String) -> FakeReply {
        switch status {
        case 401: keyRefusal
        case 429: Self.error(429, message, type: "rate_limited", code: "1300")
        default: Self.error(status, message, type: "invalid_request_error", code: nil)
        }
    }

    private static func error(_ status: Int, _ message: String, type: String, code: String?) -> FakeReply {
        .json(
            [
                "object": "error", "message": .string(message), "type": .string(type), "param": .null,
                "code": code.map { .string($0) } ?? .null,
            ], status: status)
    }

    func refusal(of body: JSONValue) -> FakeReply? {
        if let name = stranger(in: body, known: Self.fields) { return Self.extra(["body", name]) }
        let messages = body["messages"]?.arrayValue ?? []
        for (index, message) in messages.enumerated() {
            let known = Self.messageFields[message["role"]?.stringValue ?? ""] ?? []
            if let name = stranger(in: message, known: known) {
                return Self.extra(["body", "messages", String(index), name])
            }
        }
        // Guess: the code.
        guard let last = messages.last, ["user", "tool"].contains(last["role"]?.stringValue) || last["prefix"] == true
        else {
            return Self.error(
                400, "Expected last role User or Tool (or Assistant with prefix True) for serving",
                type: "invalid_request_message_order", code: "3230")
        }
        return Self.callRefusal(messages)
    }

    private static func extra(_ place: [String]) -> FakeReply {
        let fault: JSONValue = [
            "type": "extra_forbidden", "loc": .array(place.map { .string($0) }),
            "msg": "Extra inputs are not permitted",
        ]
        return .json(
            ["object": "error", "message": ["detail": [fault]], "type": "invalid_request_error", "code": .null],
            status: 422)
    }

    private static func callRefusal(_ messages: [JSONValue]) -> FakeReply? {
        let calls = messages.flatMap { $0["tool_calls"]?.arrayValue ?? [] }.map { $0["id"]?.stringValue }
        let results = messages.filter { $0["role"] == "tool" }.map { $0["tool_call_id"]?.stringValue }
        for id in calls + results {
            let isGood = id.map { $0.utf8.count == 9 && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } }
            guard isGood == true else {
                return .json(
                    [
                        "object": "error", "type": "invalid_function_call", "code": "3280", "raw_status_code": 400,
                        "message": "Tool call id has to be a-z, A-Z, 0-9, with a length of 9.",
                    ], status: 400)
            }
        }
        return nil
    }

    func reasoning(on body: JSONValue) -> String? {
        answersInParts(body["model"]?.stringValue ?? "") ? "hm" : nil
    }

    func answersInParts(_ model: String) -> Bool { model.hasPrefix("magistral") }

    func usage(in body: JSONValue) -> StreamShape.Usage { .lastChunk }
}
