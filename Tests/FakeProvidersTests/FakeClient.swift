import EventLoop
import FakeProviders
import JSON
import TestSupport

/// A client that does right by the fake, except where a test wants otherwise. Confined to its loop.
final class FakeClient {
    let fake: FakeGigaChat
    let loop: EventLoop
    var token = ""
    static let agent = "User-Agent: test"
    static let question = #"{"model":"GigaChat-2","messages":[{"role":"user","content":"Сколько?"}]}"#
    static let streamed = #"{"model":"GigaChat-2","stream":true,"messages":[{"role":"user","content":"Сколько?"}]}"#

    init(_ fake: FakeGigaChat, on loop: EventLoop) {
        self.fake = fake
        self.loop = loop
    }

    /// Runs `body` with a fake and a client that holds a token.
    static func with(
        _ settings: FakeSettings = FakeSettings(), _ body: @escaping @Sendable (FakeClient) async throws -> Void
    ) async throws {
        try await onLoop { loop in
            let fake = try await FakeGigaChat.start(on: loop, settings: settings)
            let client = FakeClient(fake, on: loop)
            do {
                let answer = try await client.oauth()
                client.token = try JSONParser().parse(answer.body)["access_token"]?.stringValue ?? ""
                try await body(client)
            } catch {
                await fake.close()
                throw error
            }
            await fake.close()
        }
    }

    func connect(_ url: String? = nil) async throws -> RawHTTPConnection {
        let url = url ?? fake.baseURL
        let port = url.split(separator: ":")[2].prefix { $0.isNumber }
        guard let number = UInt16(port), let address = SocketAddress(host: "127.0.0.1", port: number) else {
            throw Failure("no port in \(url)")
        }
        return try await RawHTTPConnection(to: address, on: loop)
    }

    func oauth(
        id: String? = "6f0b1291-c7f3-43c6-bb2e-9f3efb2dc98e", key: String? = nil,
        body: String = "scope=GIGACHAT_API_PERS", type: String = "application/x-www-form-urlencoded"
    ) async throws -> RawHTTPResponse {
        var fields = ["Content-Type: \(type)", "Authorization: \(key ?? "Basic \(fake.settings.credentials)")"]
        if let id { fields.append("RqUID: \(id)") }
        let connection = try await connect(fake.authURL)
        defer { connection.close() }
        return try await connection.exchange("POST", "/api/v2/oauth", fields, body: body)
    }

    var fields: [String] { [Self.agent, "Authorization: Bearer \(token)"] }

    func ask(
        _ method: String = "POST", _ path: String = "chat/completions", body: String? = question,
        fields more: [String] = []
    ) async throws -> RawHTTPResponse {
        let connection = try await connect()
        defer { connection.close() }
        return try await connection.exchange(method, "/api/v1/\(path)", fields + more, body: body)
    }
}
