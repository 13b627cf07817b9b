import JSON
import Telemetry

/// A model's answer: the same question always has the same one.
struct FakeChatAnswer {
    let text: String
    let model: String
    let promptTokens: Int
    let precachedTokens: Int

    init(to body: JSONValue, settings: FakeSettings, isKnownSession: Bool) {
        let messages = body["messages"]?.arrayValue ?? []
        let question = messages.last { $0["role"]?.stringValue == "user" }?["content"]?.stringValue ?? ""
        text = settings.answer?.text ?? "echo: \(question)"
        model = (body["model"]?.stringValue ?? "") + ":2.0.28.2"
        let characters = messages.reduce(0) { $0 + ($1["content"]?.stringValue ?? "").unicodeScalars.count }
        promptTokens = Self.tokens(characters)
        precachedTokens = isKnownSession ? max(1, promptTokens / 2) : 0
    }

    /// Tokens by the simple rule of four characters each.
    static func tokens(_ characters: Int) -> Int { max(1, (characters + 3) / 4) }

    var usage: JSONValue {
        let completion = Self.tokens(text.unicodeScalars.count)
        return [
            "prompt_tokens": .integer(promptTokens), "completion_tokens": .integer(completion),
            "total_tokens": .integer(promptTokens + completion), "precached_prompt_tokens": .integer(precachedTokens),
        ]
    }

    /// The answer in one piece.
    func whole(finishReason: String?) -> JSONValue {
        envelope([
            (
                "choices",
                [
                    [
                        "message": ["content": .string(text), "role": "assistant"], "index": 0,
                        "finish_reason": finishReason.map { .string($0) } ?? .null,
                    ]
                ]
            ), ("usage", usage),
        ])
    }

    /// `members`, and those that every object of the answer has.
    func envelope(_ members: [(String, JSONValue)]) -> JSONValue {
        .object(
            JSONObject(
                members + [
                    ("created", .integer(Int(WallTime.now.seconds))), ("model", .string(model)),
                    ("object", "chat.completion"),
                ]))
    }
}
