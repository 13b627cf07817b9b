import HTTP
import JSON
import Telemetry

/// The routes that steer the fake from outside its process: `/__fake/…` on the listener of the API.
struct FakeControl {
    let fake: FakeGigaChat
    private static let prefix = "/__fake/"

    /// Whether `path` is one of these; such requests are neither counted nor logged.
    static func owns(_ path: String) -> Bool { path.hasPrefix(prefix) }

    /// Does what the request says.
    func reply(to request: FakeRequest) -> FakeReply {
        let name = String(request.head.path.dropFirst(Self.prefix.count))
        switch (request.head.method, name) {
        case (.get, "counters"): return .json(counters)
        case (.get, "log"): return .json(.array(fake.log.map(Self.describe)))
        case (.post, "reset"):
            fake.reset()
            return .json([:])
        case (.post, "revoke"):
            fake.revokeAllTokens()
            return .json([:])
        case (.post, "scenario"): return enqueue(request)
        case (.get, "config"): return .json(fake.settings.json)
        case (.post, "config"): return configure(request)
        default: return .apiError(404, "there is no \(name)")
        }
    }

    /// `{"route": "chat", "times": 2, "step": {…}}`.
    private func enqueue(_ request: FakeRequest) -> FakeReply {
        do {
            let order = try JSONParser().parse(request.body)
            guard let route = FakeRoute(rawValue: order["route"]?.stringValue ?? "") else {
                let names = FakeRoute.allCases.map(\.rawValue).joined(separator: ", ")
                throw FakeError.invalidStep("route is one of: \(names)")
            }
            let times = try StepReader.count(order["times"] ?? 1, "times")
            guard times > 0 else { throw FakeError.invalidStep("times is at least 1") }
            guard fake.scenario.hasRoom(for: route) else { throw FakeError.invalidStep("too many steps wait") }
            fake.enqueue(try ScenarioStep(json: order["step"] ?? [:]), on: route, times: times)
            return .json([:])
        } catch {
            return .apiError(400, "\(error)")
        }
    }

    private func configure(_ request: FakeRequest) -> FakeReply {
        do {
            try fake.settings.take(JSONParser().parse(request.body))
            return .json(fake.settings.json)
        } catch {
            return .apiError(400, "\(error)")
        }
    }

    private var counters: JSONValue {
        let counters = fake.counters
        let requests = FakeRoute.allCases.map { ($0.rawValue, JSONValue.integer(counters.requests[$0] ?? 0)) }
        return [
            "tokens_issued": .integer(counters.tokensIssued), "current": .integer(counters.current),
            "peak": .integer(counters.peak), "aborted": .integer(counters.aborted),
            "refused_handshakes": .integer(counters.refusedHandshakes),
            "requests": .object(JSONObject(requests)),
        ]
    }

    private static func describe(_ entry: FakeLogEntry) -> JSONValue {
        let fields = entry.headers.sorted { $0.key < $1.key }.map { ($0.key, JSONValue.string($0.value)) }
        return [
            "time": .string(entry.time.rfc3339), "listener": .string(entry.listener.rawValue),
            "method": .string(entry.method), "path": .string(entry.path), "headers": .object(JSONObject(fields)),
            "body": .string(entry.bodyText), "status": entry.status.map { .integer($0) } ?? .null,
            "client_subject": entry.clientSubject.map { .string($0) } ?? .null, "aborted": .bool(entry.wasAborted),
            "notes": .array(entry.notes.map { .string($0) }),
        ]
    }
}
