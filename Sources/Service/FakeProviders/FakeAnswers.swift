import HTTP
import JSON

/// What the fake answers to a request: refusals first, as the real one.
struct FakeAnswers {
    let fake: FakeGigaChat

    /// The answer to a request on `route`; nil: no such route.
    func reply(to request: FakeRequest, _ route: FakeRoute?, _ step: ScenarioStep) -> FakeReply {
        var reply = plainReply(to: request, route, step)
        if route?.isMetered ?? false {
            reply.fields.append(("X-Request-Id", request.field("X-Request-ID") ?? "fake-request"))
            reply.fields.append(("X-Session-Id", request.field("X-Session-ID") ?? "fake-session"))
        }
        for (name, value) in step.headers.sorted(by: { $0.key < $1.key }) { reply.fields.append((name, value)) }
        return reply
    }

    private func plainReply(to request: FakeRequest, _ route: FakeRoute?, _ step: ScenarioStep) -> FakeReply {
        if step.replacesAnswer { return Self.replacement(step) }
        switch route {
        case nil: return .apiError(404, "Not Found")
        case .oauth: return oauth(request, step)
        case .token: return token(request, step)
        default: return apiRefusal(of: request) ?? metered(request, route, step)
        }
    }

    private static func replacement(_ step: ScenarioStep) -> FakeReply {
        let status = step.status ?? 200
        guard let body = step.body else { return .apiError(status, "status \(status)") }
        return FakeReply(status: status, contentType: body.contentType, pieces: [body.bytes])
    }

    private func oauth(_ request: FakeRequest, _ step: ScenarioStep) -> FakeReply {
        guard fake.tokens.isWithinRate(fake.settings.tokenRequestsPerSecond) else {
            return FakeReply(status: 429, contentType: nil)
        }
        return FakeOAuthChecks(settings: fake.settings).refusal(of: request) ?? issue(step)
    }

    /// User and password: the same bytes as the authorization key.
    private func token(_ request: FakeRequest, _ step: ScenarioStep) -> FakeReply {
        guard request.field("Authorization") == "Basic \(fake.settings.credentials)" else {
            return .apiError(401, "Unauthorized")
        }
        var step = step
        step.token.isShort = true
        return issue(step)
    }

    private func issue(_ step: ScenarioStep) -> FakeReply {
        fake.counters.tokensIssued += 1
        return fake.tokens.issue(life: fake.settings.tokenLife, step.token)
    }

    private func apiRefusal(of request: FakeRequest) -> FakeReply? {
        if fake.settings.requiresUserAgent, request.field("User-Agent") == nil {
            return .json(["message": "Unauthorized"], status: 403)
        }
        guard let field = request.field("Authorization"), field.hasPrefix("Bearer ") else {
            return .apiError(401, "Unauthorized")
        }
        switch fake.tokens.verdict(on: String(field.dropFirst(7))) {
        case .unknown: return .apiError(401, "Unauthorized")
        case .expired: return .apiError(401, "Token has expired")
        case .good: break
        }
        guard request.body.count <= fake.settings.bodyLimit else { return .apiError(413, "Payload too large") }
        return nil
    }

    private func metered(_ request: FakeRequest, _ route: FakeRoute?, _ step: ScenarioStep) -> FakeReply {
        let catalog = FakeCatalog(settings: fake.settings)
        switch route {
        case .models: return catalog.list()
        case .model: return catalog.entry(request.head.path)
        case .balance: return catalog.balance()
        default: break
        }
        let body: JSONValue
        do throws(JSONParseError) {
            body = try JSONParser().parse(request.body)
        } catch {
            return .apiError(400, "invalid JSON syntax: \(error)")
        }
        switch route {
        case .embeddings: return catalog.embeddings(body)
        case .tokensCount: return catalog.tokensCount(body)
        default: return chat(body, request, step)
        }
    }

    private func chat(_ body: JSONValue, _ request: FakeRequest, _ step: ScenarioStep) -> FakeReply {
        guard FakeCatalog(settings: fake.settings).has(body["model"]?.stringValue) else {
            return .apiError(404, "No such model")
        }
        let checks = FakeChatChecks(body: body)
        if let refusal = checks.refusal() { return refusal }
        let isKnown = fake.sessions.isKnown(request.field("X-Session-ID"))
        let answer = FakeChatAnswer(to: body, settings: fake.settings, isKnownSession: isKnown)
        var reply: FakeReply
        if body["stream"]?.boolValue == true {
            let events = FakeEventStream(answer: answer, shape: step.stream).pieces()
            reply = FakeReply(contentType: "text/event-stream", pieces: events, pause: step.stream.pause)
            reply.isStream = true
        } else {
            reply = .json(answer.whole(finishReason: step.stream.finishReason))
        }
        reply.notes = checks.notes
        return reply
    }
}
