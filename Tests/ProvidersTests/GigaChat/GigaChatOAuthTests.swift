import Domain
import EventLoop
import Telemetry
import TestSupport
import Testing

@testable import Providers

@Suite("GigaChat's token source")
struct GigaChatOAuthTests {
    private static let key = "a2V5OnNlY3JldC1wYXJ0"

    private static func source(
        _ server: TokenServer, _ clients: LoopClients,
        _ login: GigaChatLogin = .key(key, scope: "GIGACHAT_API_PERS")
    ) throws -> GigaChatOAuth {
        let logger = Logger(try LogSink(minimumLevel: .error, format: .json))
        return GigaChatOAuth(url: server.url, login, clients: clients, logger: logger)
    }

    private static func failure(_ source: GigaChatOAuth) async throws -> ModelFailure {
        do throws(ModelFailure) {
            _ = try await source.token(budget: .seconds(60))
        } catch {
            return error
        }
        throw Failure("a token came")
    }

    @Test("makes one call for fifty who need a token at once")
    func singleFlight() async throws {
        try await TokenServer.with([.token("t", endingIn: 1800)]) { server, clients in
            let source = try Self.source(server, clients)
            let loop = try #require(EventLoop.current)
            let tasks = (0..<50).map { _ in loop.spawn { try await source.token(budget: .seconds(60)) } }
            for task in tasks { #expect(try await task.value == AccessToken("t", generation: 1)) }
            #expect(server.requests.count == 1)
        }
    }

    @Test("sends what GigaChat asks for")
    func request() async throws {
        try await TokenServer.with([.token("t", endingIn: 1800)]) { server, clients in
            _ = try await Self.source(server, clients).token(budget: .seconds(60))
            let request = try #require(server.requests.first)
            #expect(request.hasPrefix("POST /oauth HTTP/1.1\r\n"))
            for line in [
                "Authorization: Basic \(Self.key)", "Accept: application/json", "User-Agent: tests/1",
                "Content-Type: application/x-www-form-urlencoded",
            ] { #expect(request.contains("\r\n\(line)\r\n"), "\(line)") }
            #expect(request.hasSuffix("\r\n\r\nscope=GIGACHAT_API_PERS"))
            let uuid = try Regex("\r\nRqUID: [0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}\r\n")
            #expect(request.contains(uuid))
        }
    }

    @Test("asks with the other word before the key where that is wanted")
    func bearer() async throws {
        try await TokenServer.with([.token("t", endingIn: 1800)]) { server, clients in
            let login = GigaChatLogin.key(Self.key, scope: "GIGACHAT_API_PERS", scheme: .bearer)
            _ = try await Self.source(server, clients, login).token(budget: .seconds(60))
            #expect(server.requests.first?.contains("\r\nAuthorization: Bearer \(Self.key)\r\n") == true)
        }
    }

    @Test("asks with a user's password on stands that have users")
    func password() async throws {
        let end = WallTime.now.seconds + 1800
        let answer = TokenServer.Answer(body: #"{"tok":"t","exp":\#(end)}"#)
        let login = GigaChatLogin.password(user: "Aladdin", password: "open sesame")
        try await TokenServer.with([answer]) { server, clients in
            let source = try Self.source(server, clients, login)
            #expect(try await source.token(budget: .seconds(60))?.value == "t")
            let request = try #require(server.requests.first)
            // The example of RFC 7617.
            #expect(request.contains("\r\nAuthorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n"))
            #expect(request.hasPrefix("POST ") && !request.contains("scope"))
            #expect(source.secrets() == ["open sesame", "QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "t"])
        }
        let refusal = TokenServer.Answer(status: 401, body: #"{"message":"no open sesame"}"#)
        try await TokenServer.with([refusal]) { server, clients in
            let failure = try await Self.failure(try Self.source(server, clients, login))
            #expect(failure.failureClass == .auth && failure.detail.contains("GIGACHAT_USER"))
            #expect(!failure.detail.contains("sesame"))
        }
    }

    @Test(
        "writes base64",
        arguments: [("", "", "Og=="), ("f", "", "Zjo="), ("fo", "", "Zm86"), ("fooo", "\u{3FF}", "Zm9vbzrPvw==")])
    func base64(user: String, password: String, text: String) {
        #expect(BasicAuthorization.value(user: user, password: password) == "Basic \(text)")
    }

    @Test("uses a token again while it lives, whichever of the two forms it came in")
    func reuse() async throws {
        let end = WallTime.now.seconds + 1800
        for body in [
            #"{"access_token":"t","expires_at":\#(end)}"#, #"{"tok":"t","exp":\#(end)}"#,
            #"{"tok":"t","exp":\#(end)000}"#,
        ] {
            try await TokenServer.with([TokenServer.Answer(body: body)]) { server, clients in
                let source = try Self.source(server, clients)
                for _ in 0..<3 { #expect(try await source.token(budget: .seconds(60))?.value == "t") }
                #expect(server.requests.count == 1)
            }
        }
    }

    @Test("gets another token in the last minute of one, and after a refusal")
    func refresh() async throws {
        let answers: [TokenServer.Answer] = [.token("1", endingIn: 59), .token("2", endingIn: 1800)]
        try await TokenServer.with(answers + [.token("3", endingIn: 1800)]) { server, clients in
            let source = try Self.source(server, clients)
            #expect(try await source.token(budget: .seconds(60))?.value == "1")
            let second = try await source.token(budget: .seconds(60))
            #expect(second?.value == "2")
            #expect(source.invalidate(second))
            #expect(try await source.token(budget: .seconds(60))?.value == "3")
            #expect(source.invalidate(second))
            #expect(try await source.token(budget: .seconds(60))?.value == "3")
            #expect(server.requests.count == 3)
        }
    }

    @Test("goes on with a token that lives while no other can be had")
    func endpointDown() async throws {
        let down = TokenServer.Answer(status: 503, body: "<html>gateway</html>")
        try await TokenServer.with([.token("1", endingIn: 59), down]) { server, clients in
            let source = try Self.source(server, clients)
            for _ in 0..<2 { #expect(try await source.token(budget: .seconds(60))?.value == "1") }
            #expect(server.requests.count == 2)
            #expect(!source.standing().isUsable)
        }
    }

    @Test("remembers that the settings are refused, and says what to do without showing the key")
    func configuration() async throws {
        let refusal = #"{"code":6,"message":"credentials doesn't match db data \#(Self.key)"}"#
        try await TokenServer.with([TokenServer.Answer(status: 401, body: refusal)]) { server, clients in
            let source = try Self.source(server, clients)
            for _ in 0..<3 {
                let failure = try await Self.failure(source)
                #expect(failure.failureClass == .auth)
                #expect(failure.status == 401)
                #expect(failure.detail.contains("code 6") && failure.detail.contains("make a new one"))
                #expect(!failure.detail.contains(Self.key))
            }
            #expect(server.requests.count == 1)
        }
    }

    @Test("asks anew after a failure that may pass")
    func passing() async throws {
        let limited = TokenServer.Answer(status: 429)
        try await TokenServer.with([limited, .token("t", endingIn: 1800)]) { server, clients in
            let source = try Self.source(server, clients)
            #expect(try await Self.failure(source).failureClass == .rateLimited)
            #expect(try await source.token(budget: .seconds(60))?.value == "t")
        }
    }

    @Test("lets a waiter go without ending the call for the others")
    func cancellation() async throws {
        try await TokenServer.with([.token("t", endingIn: 1800)]) { server, clients in
            let gate = Gate()
            server.hold(at: gate)
            let source = try Self.source(server, clients)
            let loop = try #require(EventLoop.current)
            let first = loop.spawn { try await source.token(budget: .seconds(60)) }
            let second = loop.spawn { try await source.token(budget: .seconds(60)) }
            #expect(try await eventually(on: loop) { server.requests.count == 1 })
            first.cancel()
            let failure = await #expect(throws: ModelFailure.self) { try await first.value }
            #expect(failure?.failureClass == .cancelled)
            gate.open()
            #expect(try await second.value?.value == "t")
            #expect(server.requests.count == 1)
        }
    }

    @Test(
        "explains the codes of the token call",
        arguments: [
            (400, "1", "scope is not written"), (401, "4", "damaged"), (400, "5", "scope is empty"),
            (401, "6", "wrong or withdrawn"), (400, "7", "another scope"), (401, nil, "not taken"),
        ] as [(Int, String?, String)])
    func hints(status: Int, code: String?, words: String) {
        #expect(GigaChatKey.hint(status: status, code: code, key: Self.key)?.contains(words) == true)
    }

    @Test(
        "knows a token of access that was put in as the key",
        arguments: [
            ("eyJh.b.c", true), ("eyJh.b.c.d.e", true), ("eyJh..c.d.e", true), (key, false), ("a.b", false),
            ("", false),
        ])
    func accessToken(key: String, expected: Bool) {
        #expect(GigaChatKey.isAccessToken(key) == expected)
    }
}
