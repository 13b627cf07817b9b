public import EventLoop

/// A stand-in for GigaChat on two ports of 127.0.0.1: one gives out tokens, the other one answers. With another
/// `FakeSettings.personality` it stands in for one of the other providers.
///
/// It refuses what GigaChat refuses, answers the same question always the same, and departs from that where scenario
/// steps say so. Confined to its loop.
///
///     let fake = try await FakeGigaChat.start(on: loop)
///     fake.enqueue(ScenarioStep(status: 429), on: .chat, times: 2)
///     …
///     await fake.close()
public final class FakeGigaChat {
    /// How it behaves while no step says otherwise. Changes count from the next request on; the ports stay.
    public var settings: FakeSettings
    /// The requests that are over, oldest first; at most 10 000, then the oldest thousand goes.
    public internal(set) var log: [FakeLogEntry] = []
    /// What was counted.
    public internal(set) var counters = FakeCounters()
    var scenario = FakeScenario()
    var tokens = FakeTokens()
    var files = FakeFiles()
    var qwenLogin = FakeQwenLogin()
    let sessions = FakeSessions()
    let loop: EventLoop
    private let api: FakeListening
    private let oauth: FakeListening
    private static let mostLogEntries = 10_000

    private init(on loop: EventLoop, settings: FakeSettings) throws(FakeError) {
        self.loop = loop
        self.settings = settings
        api = try FakeListening(on: loop, port: settings.port, kind: .api, tls: settings.tls)
        do throws(FakeError) {
            oauth = try FakeListening(on: loop, port: settings.authPort, kind: .oauth, tls: settings.tls)
        } catch {
            api.stop()
            throw error
        }
    }

    /// Listens and serves until `close`. `loop` must be the caller's. Throws when a port is taken or the files for TLS
    /// cannot be used.
    public static func start(
        on loop: EventLoop, settings: FakeSettings = FakeSettings()
    ) async throws(FakeError) -> FakeGigaChat {
        loop.preconditionInLoop()
        let fake = try FakeGigaChat(on: loop, settings: settings)
        fake.api.serve(for: fake)
        fake.oauth.serve(for: fake)
        return fake
    }

    /// What `GIGACHAT_BASE_URL` is to be.
    public var baseURL: String { "\(scheme)://127.0.0.1:\(api.port)\(settings.personality.bases[0].dropLast())" }

    /// What `GIGACHAT_AUTH_URL` is to be.
    public var authURL: String { "\(scheme)://127.0.0.1:\(oauth.port)\(settings.personality.tokenPath)" }

    private var scheme: String { settings.tls == nil ? "http" : "https" }

    /// Queues `step` for the next `times` requests to `route` after those that have steps already. At most 10 000
    /// steps may wait for a route.
    public func enqueue(_ step: ScenarioStep, on route: FakeRoute, times: Int = 1) {
        scenario.enqueue(step, on: route, times: times)
    }

    /// Makes every token that was given out unknown.
    public func revokeAllTokens() {
        tokens.revokeAll()
    }

    /// Forgets steps, tokens, files, sessions, log and counters; settings and requests under way stay.
    public func reset() {
        scenario = FakeScenario()
        tokens = FakeTokens()
        files = FakeFiles()
        qwenLogin = FakeQwenLogin()
        sessions.forgetAll()
        log = []
        let current = counters.current
        counters = FakeCounters()
        counters.current = current
        counters.peak = current
    }

    /// Stops listening, cuts all connections off and returns when they have ended.
    public func close() async {
        await api.close()
        await oauth.close()
    }

    func note(_ entry: FakeLogEntry) {
        if log.count >= Self.mostLogEntries { log.removeFirst(1_000) }
        log.append(entry)
    }
}
