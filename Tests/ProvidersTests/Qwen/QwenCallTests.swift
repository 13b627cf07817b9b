import Domain
import EventLoop
import TestSupport
import Testing

@testable import Providers

@Suite("Qwen with the login of Qwen Code", .timeLimit(.minutes(10)))
struct QwenCallTests {
    private static let answer = reply(
        200, #"{"choices":[{"message":{"content":"42"},"finish_reason":"stop"}],"model":"qwen3-coder-plus"}"#)

    /// Gives `access-1` until that is refused, then `access-2`, and so on.
    private final class Login: TokenSource {
        let renewals = Lock(0)

        func token(budget: Duration) async throws(ModelFailure) -> AccessToken? {
            AccessToken("access-\(renewals.withLock { $0 } + 1)")
        }

        func invalidate(_ token: AccessToken?) -> Bool {
            renewals.withLock { $0 += 1 }
            return true
        }

        func secrets() -> [String] { [] }
        func standing() -> ProviderStanding { ProviderStanding(isUsable: true) }
    }

    private static func ask(
        _ replies: [String], _ body: @escaping @Sendable (Exchange, Login) async throws -> Void
    ) async throws {
        let login = Login()
        try await Exchange.with(.qwenOAuth(model: "own"), tokens: login, replies: replies) { exchange in
            try await body(exchange, login)
        }
    }

    private static func renewals(_ login: Login) -> Int { login.renewals.withLock { $0 } }

    @Test("calls carry the token and the two fields that Qwen wants")
    func headers() async throws {
        try await Self.ask([Self.answer]) { (exchange, login) async throws in
            #expect(try await exchange.complete().text == "42")
            let head = try #require(exchange.requests.first).head
            for line in [
                "Authorization: Bearer access-1", "X-DashScope-AuthType: qwen-oauth",
                "X-DashScope-CacheControl: enable",
            ] { #expect(head.contains("\(line)\r\n"), "\(line)") }
            #expect(Self.renewals(login) == 0)
        }
    }

    private static let refusals = [
        reply(401, #"{"error":{"message":"invalid access token or token expired"}}"#), reply(403, "{}"),
        reply(400, #"{"error":{"message":"Invalid Access Token"}}"#),
    ]

    @Test("a refused token is renewed once, and the call repeated once", arguments: refusals)
    func refused(refusal: String) async throws {
        try await Self.ask([refusal, Self.answer]) { (exchange, login) async throws in
            #expect(try await exchange.complete().text == "42")
            #expect(exchange.requests.count == 2 && Self.renewals(login) == 1)
            #expect(exchange.requests.last?.head.contains("Bearer access-2\r\n") == true)
        }
        try await Self.ask([refusal, refusal, Self.answer]) { (exchange, login) async throws in
            let failure = await #expect(throws: ModelFailure.self) { try await exchange.complete() }
            #expect(failure != nil)
            #expect(exchange.requests.count == 2 && Self.renewals(login) == 1)
        }
    }

    @Test("any other refusal with 400 is the question's fault")
    func badRequest() async throws {
        try await Self.ask([reply(400, #"{"error":{"message":"max_tokens is invalid"}}"#)]) {
            (exchange, login) async throws in
            let failure = await #expect(throws: ModelFailure.self) { try await exchange.complete() }
            #expect(failure?.failureClass == .badRequest)
            #expect(exchange.requests.count == 1 && Self.renewals(login) == 0)
        }
    }

    @Test("its models are known without asking")
    func models() async throws {
        try await Self.ask([]) { (exchange, _) async throws in
            let models = try await exchange.engine.models(budget: .seconds(5)).map(\.id)
            #expect(models == ["qwen3-coder-plus", "qwen3-coder-flash", "coder-model", "own"])
            #expect(exchange.requests.isEmpty)
        }
    }
}
