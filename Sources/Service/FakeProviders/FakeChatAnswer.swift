import JSON
import Telemetry

/// A model's answer: the same question always has the same one.
struct FakeChatAnswer {
    let text: String
    let model: String
    let promptTokens: Int
    let precachedTokens: Int
    /// What the model thinks aloud.
    let reasoning: String?
    private let dialect: (any FakeDialect)?

    /// GigaChat's answer, or with a dialect another provider's.
    init(
        to body: JSONValue, settings: FakeSettings, isKnownSession: Bool = false, dialect: (any FakeDialect)? = nil
    ) {
        self.dialect = dialect
        reasoning = dialect?.reasoning(on: body)
        let messages = body["messages"]?.arrayValue ?? []
        let question = messages.last { $0["role"]?.stringValue == "user" }?["content"]?.stringValue ?? ""
        text = settings.answer?.text ?? "echo: \(question)"
        model = (body["model"]?.stringValue ?? "") + (dialect == nil ? ":2.0.28.2" : "")
        let characters = messages.reduce(0) { $0 + ($1["content"]?.stringValue ?? "").unicodeScalars.count }
        promptTokens = Self.tokens(characters)
        precachedTokens = isKnownSession ? max(1, promptTokens / 2) : 0
    }

    /// Tokens by the simple rule of four characters each.
    static func tokens(_ characters: Int) -> Int { max(1, (characters + 3) / 4) }

    var usage: JSONValue {
        let completion = Self.tokens(text.unicodeScalars.count)
        let counts: [(String, JSONValue)] = [
            ("prompt_tokens", .integer(promptTokens)), ("completion_tokens", .integer(completion)),
            ("total_tokens", .integer(promptTokens + completion)),
        ]
        let precached = [("precached_prompt_tokens", JSONValue.integer(precachedTokens))]
        return .object(JSONObject(dialect == nil ? counts + precached : counts))
    }

    /// The answer in one piece.
    func whole(finishReason: String?) -> JSONValue {
        envelope([
            (
                "choices",
                [
                    [
                        "message": message, "index": 0,
                        "finish_reason": finishReason.map { .string($0) } ?? .null,
                    ]
                ]
            ), ("usage", usage),
        ])
    }

    private var message: JSONValue {
        guard let reasoning else { return ["content": .string(text), "role": "assistant"] }
        guard dialect?.answersInParts(model) == true else {
            return ["content": .string(text), "role": "assistant", "reasoning_content": .string(reasoning)]
        }
        let thought: JSONValue = ["type": "thinking", "thinking": [["type": "text", "text": .string(reasoning)]]]
        return ["content": [thought, ["type": "text", "text": .string(text)]], "role": "assistant"]
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
