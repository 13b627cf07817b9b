import Domain
import EventLoop
import Foundation
import HTTPClient
import JSON
import Telemetry
import TestSupport
import Testing

@testable import Providers

/// A login in a file of its own, and a server that renews it with canned replies. Any thread.
final class QwenBench: Sendable {
    let path: String
    let loop: EventLoop
    private let clients: LoopClients
    private let blocking: BlockingThread
    private let url: String
    private let provider: CannedReplies

    /// What the server has been asked, in order.
    var requests: [CannedPeer.Request] { provider.requests }
    var lockPath: String { String(path.dropLast(5)) + ".lock" }

    private init(
        _ folder: String, _ server: CannedServer, _ loop: EventLoop, _ clients: LoopClients, _ blocking: BlockingThread,
        _ provider: CannedReplies
    ) {
        path = "\(folder)/oauth_creds.json"
        url = server.url("/api/v1/oauth2/token")
        (self.loop, self.clients, self.blocking, self.provider) = (loop, clients, blocking, provider)
    }

    /// Runs `body` beside a server that gives `replies` in turn; the last one stays.
    static func with(_ replies: [String] = [], _ body: @escaping @Sendable (QwenBench) async throws -> Void)
        async throws
    {
        let folder = FileManager.default.temporaryDirectory.appending(path: "qwen-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        let blocking = try BlockingThread(name: "test-files")
        defer {
            blocking.shutdown()
            do { try FileManager.default.removeItem(atPath: folder) } catch { Issue.record(error) }
        }
        let provider = CannedReplies(replies, lastStays: true)
        try await CannedServer.with(serving: provider.handler) { server, client in
            let clients = LoopClients([LoopBound(client, to: client.loop)])
            try await body(QwenBench(folder, server, client.loop, clients, blocking, provider))
        }
    }

    /// A source that looks for changes of the file at every call.
    func source(baseURL: String? = nil, lockAttempts: Int = 2) throws -> QwenOAuth {
        QwenOAuth(try login(baseURL: baseURL, lockAttempts: lockAttempts))
    }

    /// The login behind such a source, which remembers less.
    func login(baseURL: String? = nil, lockAttempts: Int = 2) throws -> QwenLogin {
        let logger = Logger(try LogSink(minimumLevel: .error, format: .json))
        return QwenLogin(
            QwenFile(path, blocking: blocking), url: url, baseURL: baseURL, clients: clients, logger: logger,
            checkInterval: .zero, lockAttempts: lockAttempts)
    }

    /// Puts a login into the file; `fields` replace or add members, as JSON.
    func write(_ token: String = "access-1", endingIn seconds: Int64 = 3_600, _ fields: [String: JSONValue] = [:])
        throws
    {
        var login: JSONObject = [:]
        login["access_token"] = .string(token)
        login["refresh_token"] = "refresh-1"
        login["token_type"] = "Bearer"
        login["expiry_date"] = .integer(Int((WallTime.now.seconds + seconds) * 1000))
        login["resource_url"] = "portal.qwen.ai"
        for (name, value) in fields { login[name] = value }
        try write(text: JSONValue.object(login).description)
    }

    func write(text: String) throws {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    /// The file's content.
    func content() throws -> JSONValue { try JSONParser().parse(String(contentsOfFile: path, encoding: .utf8)) }

    /// The failure that a token is refused with.
    func failure(_ source: QwenOAuth) async throws -> ModelFailure {
        do throws(ModelFailure) {
            _ = try await source.token(budget: .seconds(60))
        } catch {
            return error
        }
        throw Failure("a token came")
    }

    /// A reply that renews the login.
    static func renewed(_ token: String, _ more: String = #","refresh_token":"refresh-2""#) -> String {
        reply(200, #"{"access_token":"\#(token)","token_type":"Bearer","expires_in":21600\#(more)}"#)
    }
}
