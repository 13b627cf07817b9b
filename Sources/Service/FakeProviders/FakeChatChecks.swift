import JSON

/// What GigaChat refuses in a chat request. Rows marked "guess" have a plausible status that was not seen.
struct FakeChatChecks {
    let body: JSONValue
    private static let ignored = ["tools", "tool_choice", "stop", "seed"]

    /// The refusal, or nil when the request is to be answered.
    func refusal() -> FakeReply? {
        // Guess: empty messages.
        guard let messages = body["messages"]?.arrayValue, !messages.isEmpty else {
            return invalid("messages is empty")
        }
        return orderRefusal(messages) ?? numbersRefusal() ?? functionsRefusal() ?? callsRefusal(messages)
            ?? formatRefusal()
    }

    /// Fields that are ignored without a word.
    var notes: [String] {
        Self.ignored.filter { body[$0] != nil }.map { "ignored: \($0)" }
    }

    private func orderRefusal(_ messages: [JSONValue]) -> FakeReply? {
        let hasLateSystem = messages.dropFirst().contains { $0["role"]?.stringValue == "system" }
        return hasLateSystem ? invalid("system message must be the first message") : nil
    }

    private func numbersRefusal() -> FakeReply? {
        // Guess: the ranges of the first three.
        if let value = body["temperature"], !isPositive(value) { return invalid("temperature must be > 0") }
        if let value = body["max_tokens"], !isPositive(value) { return invalid("max_tokens must be > 0") }
        if let value = body["top_p"], !value.isNull, !(0...1).contains(value.doubleValue ?? -1) {
            return invalid("top_p must be in [0, 1]")
        }
        if let value = body["repetition_penalty"], !isPositive(value) {
            return invalid("repetition_penalty must be in range (0, +inf)")
        }
        return nil
    }

    private func isPositive(_ value: JSONValue) -> Bool {
        value.isNull || (value.doubleValue ?? 0) > 0
    }

    /// Guess: names of Latin letters, digits (not first), `_`, `-` and `.`.
    private func functionsRefusal() -> FakeReply? {
        for function in body["functions"]?.arrayValue ?? [] {
            let name = function["name"]?.stringValue ?? ""
            let isGood = name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."):
                    true
                default: false
                }
            }
            guard isGood, let first = name.first, !first.isNumber else { return invalid("function name \(name)") }
        }
        return nil
    }

    /// A call is followed by its result, and a result is a JSON text.
    private func callsRefusal(_ messages: [JSONValue]) -> FakeReply? {
        for (index, message) in messages.enumerated() {
            if let call = message["function_call"], !call.isNull {
                let next = index + 1 < messages.count ? messages[index + 1] : .null
                guard next["role"]?.stringValue == "function" else {
                    return invalid("function call without function result")
                }
            }
            if message["role"]?.stringValue == "function", !isJSON(message["content"]?.stringValue ?? "") {
                return invalid("function result is not JSON")
            }
        }
        return nil
    }

    private func isJSON(_ text: String) -> Bool {
        do throws(JSONParseError) {
            _ = try JSONParser().parse(text)
            return true
        } catch {
            return false
        }
    }

    private func formatRefusal() -> FakeReply? {
        guard body["response_format"]?["type"]?.stringValue == "json_object" else { return nil }
        return .apiError(400, "Unknown type json_object in response_format")
    }

    private func invalid(_ reason: String) -> FakeReply {
        .apiError(422, "Invalid params: \(reason)")
    }
}
