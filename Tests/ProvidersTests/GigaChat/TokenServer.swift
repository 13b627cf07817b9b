import Domain
import EventLoop
import HTTPClient
import Telemetry
import TestSupport

@testable import Providers

/// A token endpoint that gives canned answers, and what it was asked.
final class TokenServer: Sendable {
    struct Answer: Sendable {
        var status = 200
        var body = ""

        /// A token that ends `seconds` from now, in GigaChat's usual form.
        static func token(_ value: String, endingIn seconds: Int64) -> Answer {
            let end = (WallTime.now.seconds + seconds) * 1000
            return Answer(body: #"{"access_token":"\#(value)","expires_at":\#(end)}"#)
        }
    }

    private struct State: Sendable {
        /// Taken in turn; the last one stays.
        var answers: [Answer]
        var requests: [String] = []
        var gate: Gate?
    }

    private let state: Lock<State>
    let url: String

    private init(_ state: Lock<State>, url: String) {
        self.state = state
        self.url = url
    }

    /// Heads and bodies of the requests.
    var requests: [String] { state.withLock { $0.requests } }

    /// Answers to requests from now on wait for the gate.
    func hold(at gate: Gate) {
        state.withLock { $0.gate = gate }
    }

    /// Serves while `body` runs, all on one loop.
    static func with(
        _ answers: [Answer], _ body: @escaping @Sendable (TokenServer, LoopClients) async throws -> Void
    ) async throws {
        let state = Lock(State(answers: answers))
        let serve: CannedServer.Handler = { peer, _ in
            guard let request = try await peer.request() else { return }
            let (answer, gate) = state.withLock { state in
                state.requests.append(request.head + String(decoding: request.body, as: UTF8.self))
                return (state.answers.count > 1 ? state.answers.removeFirst() : state.answers[0], state.gate)
            }
            await gate?.wait()
            let length = "Content-Length: \(answer.body.utf8.count)"
            try await peer.write(
                "HTTP/1.1 \(answer.status) X\r\n\(length)\r\nConnection: close\r\n\r\n\(answer.body)")
        }
        try await CannedServer.with(serving: serve) { server, client in
            let clients = LoopClients([LoopBound(client, to: client.loop)])
            try await body(TokenServer(state, url: server.url("/oauth")), clients)
        }
    }
}
