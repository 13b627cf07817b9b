import HTTP
import JSON

/// What the fake answers to a request: refusals first, as the real one.
struct FakeAnswers {
    let fake: FakeGigaChat

    /// The answer to a request on `route`; nil: no such route.
    func reply(to request: FakeRequest, _ route: FakeRoute?, _ step: ScenarioStep) -> FakeReply {
        var reply = plainReply(to: request, route, step)
        if route?.isMetered ?? false, fake.settings.personality == .gigachat {
            reply.fields.append(("X-Request-Id", request.field("X-Request-ID") ?? "fake-request"))
            reply.fields.append(("X-Session-Id", request.field("X-Session-ID") ?? "fake-session"))
        }
        for (name, value) in step.headers.sorted(by: { $0.key < $1.key }) { reply.fields.append((name, value)) }
        return reply
    }

    private func plainReply(to request: FakeRequest, _ route: FakeRoute?, _ step: ScenarioStep) -> FakeReply {
        let dialect = fake.settings.personality.dialect
        if step.replacesAnswer { return Self.replacement(step, dialect) }
        switch route {
        case nil: return unknownPath()
        case .oauth where fake.settings.personality == .qwen: return renewal(request)
        case .oauth: return oauth(request, step)
        case .token: return token(request, step)
        case let route? where dialect != nil: return spoken(in: dialect, request, route, step)
        default: return apiRefusal(of: request) ?? metered(request, route, step)
        }
    }

    private func unknownPath() -> FakeReply {
        guard fake.settings.answersUnknownPathsInHTML else { return .apiError(404, "Not Found") }
        return .html(404, "<html><head><title>404 Not Found</title></head><body><h1>404 Not Found</h1></body></html>")
    }

    private func spoken(
        in dialect: (any FakeDialect)?, _ request: FakeRequest, _ route: FakeRoute, _ step: ScenarioStep
    ) -> FakeReply {
        guard let dialect else { return unknownPath() }
        return FakeDialectAnswers(fake: fake, dialect: dialect).reply(to: request, route, step)
    }

    private func renewal(_ request: FakeRequest) -> FakeReply {
        fake.qwenLogin.reply(to: request, fake.settings) {
            fake.counters.tokensIssued += 1
            return fake.tokens.make(life: fake.settings.tokenLife)
        }
    }

    private static func replacement(_ step: ScenarioStep, _ dialect: (any FakeDialect)?) -> FakeReply {
        let status = step.status ?? 200
        guard let body = step.body else {
            let words = "status \(status)"
            return dialect?.error(status, words) ?? .apiError(status, words)
        }
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
        return fake.tokens.issue(
            life: fake.settings.tokenLife, clockOffset: fake.settings.clockOffset, step.token)
    }

    private func apiRefusal(of request: FakeRequest) -> FakeReply? {
        if fake.settings.requiresUserAgent, request.field("User-Agent") == nil {
            return .json(["message": "Unauthorized"], status: 403)
        }
        guard request.body.count <= fake.settings.bodyLimit else { return .apiError(413, "Payload too large") }
        if fake.settings.knowsClientsByCertificate { return nil }
        guard let field = request.field("Authorization"), field.hasPrefix("Bearer ") else {
            return .apiError(401, "Unauthorized")
        }
        switch fake.tokens.verdict(on: String(field.dropFirst(7))) {
        case .unknown: return .apiError(401, "Unauthorized")
        case .expired: return .apiError(401, "Token has expired")
        case .good: return nil
        }
    }

    private func metered(_ request: FakeRequest, _ route: FakeRoute?, _ step: ScenarioStep) -> FakeReply {
        let catalog = FakeCatalog(settings: fake.settings)
        let files = FakeFileAnswers(fake: fake)
        switch route {
        case .models: return catalog.list()
        case .model: return catalog.entry(request.head.path)
        case .balance: return catalog.balance()
        case .upload: return files.upload(request)
        case .files: return files.list()
        case .file: return files.describe(request.head.path)
        case .fileContent: return files.content(request.head.path)
        case .fileDeletion: return files.delete(request.head.path)
        default: return posted(request, route, step)
        }
    }

    private func posted(_ request: FakeRequest, _ route: FakeRoute?, _ step: ScenarioStep) -> FakeReply {
        let catalog = FakeCatalog(settings: fake.settings)
        let body: JSONValue
        do throws(JSONParseError) {
            body = try JSONParser().parse(request.body)
        } catch {
            return .apiError(400, "invalid JSON syntax: \(error)")
        }
        switch route {
        case .embeddings: return catalog.embeddings(body)
        case .tokensCount: return catalog.tokensCount(body)
        case .aiCheck: return catalog.aiCheck(body)
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
