import JSON

/// What the fake answers in another provider's ways.
struct FakeDialectAnswers {
    let fake: FakeGigaChat
    let dialect: any FakeDialect

    /// The answer to a request on `route`, whose step does not replace it.
    func reply(to request: FakeRequest, _ route: FakeRoute, _ step: ScenarioStep) -> FakeReply {
        guard let field = request.field("Authorization"), field.hasPrefix("Bearer "),
            isKnown(String(field.dropFirst(7)))
        else { return dialect.keyRefusal }
        switch route {
        case .models: return .json(["object": "list", "data": .array(dialect.models)])
        case .balance: return .json(["is_available": true, "balance_infos": []])
        case .chat, .embeddings: break
        default: return dialect.error(404, "Not Found")
        }
        let body: JSONValue
        do throws(JSONParseError) {
            body = try JSONParser().parse(request.body)
        } catch {
            return dialect.error(400, "invalid JSON: \(error)")
        }
        guard dialect.has(body["model"]?.stringValue) else { return dialect.error(404, "Model Not Exist") }
        return route == .chat ? chat(body, step) : FakeCatalog(settings: fake.settings).vectors(body)
    }

    /// The key, and for Qwen the tokens that were given out.
    private func isKnown(_ token: String) -> Bool {
        token == fake.settings.apiKey || fake.tokens.verdict(on: token) == .good
    }

    private func chat(_ body: JSONValue, _ step: ScenarioStep) -> FakeReply {
        if let refusal = dialect.refusal(of: body) { return refusal }
        let answer = FakeChatAnswer(to: body, settings: fake.settings, dialect: dialect)
        guard body["stream"]?.boolValue == true else {
            var reply = FakeReply.json(answer.whole(finishReason: step.stream.finishReason))
            if let prelude = dialect.prelude { reply.pieces.insert(Array(prelude.whole.utf8), at: 0) }
            return reply
        }
        var shape = step.stream
        shape.usage = dialect.usage(in: body)
        var events = FakeEventStream(answer: answer, shape: shape).pieces()
        if let prelude = dialect.prelude { events.insert(Array(prelude.stream.utf8), at: 0) }
        var reply = FakeReply(contentType: "text/event-stream", pieces: events, pause: shape.pause)
        reply.isStream = true
        return reply
    }
}
