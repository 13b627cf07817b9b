import JSON

/// The answers about models, embeddings, tokens and the balance.
struct FakeCatalog {
    let settings: FakeSettings
    private static let embeddingSize = 8

    /// Whether a request may name the model.
    func has(_ model: String?) -> Bool {
        guard let model else { return false }
        let stem = model.hasSuffix("-preview") ? String(model.dropLast("-preview".count)) : model
        return settings.models.contains(stem)
    }

    func list() -> FakeReply {
        .json(["object": "list", "data": .array(settings.models.map(describe))])
    }

    /// The entry of the model that the path ends with.
    func entry(_ path: String) -> FakeReply {
        let id = path.split(separator: "/").last.map(String.init) ?? ""
        return has(id) ? .json(describe(id)) : .apiError(404, "No such model")
    }

    func balance() -> FakeReply {
        .json(["balance": .array(settings.models.map { ["usage": .string($0), "value": 1_000_000] })])
    }

    func tokensCount(_ body: JSONValue) -> FakeReply {
        guard has(body["model"]?.stringValue) else { return .apiError(404, "No such model") }
        let counts = texts(body["input"]).map { text -> JSONValue in
            let characters = text.unicodeScalars.count
            return [
                "object": "tokens", "tokens": .integer(FakeChatAnswer.tokens(characters)),
                "characters": .integer(characters),
            ]
        }
        return .json(.array(counts))
    }

    /// Equal texts have equal embeddings; nothing else is to be read into them.
    func embeddings(_ body: JSONValue) -> FakeReply {
        let model = body["model"]?.stringValue
        guard has(model) else { return .apiError(404, "No such model") }
        return vectors(body)
    }

    /// The vectors of a request whose model is known.
    func vectors(_ body: JSONValue) -> FakeReply {
        let model = body["model"]?.stringValue
        let data = texts(body["input"]).enumerated().map { index, text -> JSONValue in
            let tokens = FakeChatAnswer.tokens(text.unicodeScalars.count)
            return [
                "object": "embedding", "embedding": .array(embedding(of: text)), "index": .integer(index),
                "usage": ["prompt_tokens": .integer(tokens)],
            ]
        }
        return .json(["object": "list", "data": .array(data), "model": .string(model ?? "")])
    }

    /// Whether a model or a person wrote a text: what the fake's model says begins with "echo: ".
    func aiCheck(_ body: JSONValue) -> FakeReply {
        guard has(body["model"]?.stringValue) else { return .apiError(404, "No such model") }
        let text = body["input"]?.stringValue ?? ""
        // Guess: the status. That the text needs twenty words is documented.
        guard text.split(whereSeparator: \.isWhitespace).count >= 20 else {
            return .apiError(422, "Invalid params: input has less than 20 words")
        }
        let characters = text.unicodeScalars.count
        let echo = text.firstRange(of: "echo: ")
        let start = echo.map { text[..<$0.lowerBound].unicodeScalars.count }
        let category: JSONValue = start.map { $0 == 0 ? "ai" : "mixed" } ?? "human"
        let intervals = start.map { [JSONValue.array([.integer($0), .integer(characters)])] } ?? []
        return .json([
            "category": category, "characters": .integer(characters),
            "tokens": .integer(FakeChatAnswer.tokens(characters)), "ai_intervals": .array(intervals),
        ])
    }

    private func embedding(of text: String) -> [JSONValue] {
        var sums = [Int](repeating: 0, count: Self.embeddingSize)
        for (index, byte) in text.utf8.enumerated() { sums[index % sums.count] += Int(byte) }
        return sums.map { JSONValue(Double($0 % 256) / 256) }
    }

    private func texts(_ input: JSONValue?) -> [String] {
        if let text = input?.stringValue { return [text] }
        return (input?.arrayValue ?? []).map { $0.stringValue ?? "" }
    }

    private func describe(_ model: String) -> JSONValue {
        let isCheck = model.hasPrefix("GigaCheck")
        let kind: JSONValue = model.hasPrefix("Embeddings") ? "embedder" : isCheck ? "aicheck" : "chat"
        return ["id": .string(model), "object": "model", "owned_by": "salutedevices", "type": kind]
    }
}
