import EventLoop
import HTTPClient
import TestSupport
import Testing

/// Says `text` after the first request and ends the connection, in order or with a reset.
private func saying(_ text: String, thenReset: Bool = false) -> CannedServer.Handler {
    { peer, server in
        _ = try await peer.request()
        try await peer.write(text)
        guard thenReset else { return }
        // A reset overtakes what has not been read; the client reads on this loop, so before this timer fires.
        try await server.client.loop.sleep(for: .milliseconds(10))
        peer.reset()
    }
}

private func failure(
    of client: HTTPClient, _ request: ClientRequest
) async -> HTTPClientError? {
    do throws(HTTPClientError) {
        _ = try await client.send(request)
        return nil
    } catch {
        return error
    }
}

@Suite("HTTP client when things go wrong", .timeLimit(.minutes(10)))
struct HTTPClientFailureTests {
    struct Cut: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let text: String
        var isReset = false
        let code: Int
        let status: Int?
        let partial: String
    }

    private static let ok = "HTTP/1.1 200 OK\r\n"
    static let cuts = [
        Cut(
            testDescription: "length not reached", text: ok + "Content-Length: 9\r\n\r\nabc", code: 18, status: 200,
            partial: "abc"),
        Cut(
            testDescription: "chunks not ended", text: ok + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
            code: 18, status: 200, partial: "abc"),
        Cut(
            testDescription: "bad chunk size", text: ok + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nzz\r\n",
            code: 56, status: 200, partial: "abc"),
        Cut(
            testDescription: "reset in the body", text: ok + "Content-Length: 9\r\n\r\nabc", isReset: true, code: 56,
            status: 200, partial: "abc"),
        Cut(testDescription: "no answer", text: "", code: 52, status: nil, partial: ""),
        Cut(testDescription: "reset, no answer", text: "", isReset: true, code: 56, status: nil, partial: ""),
        Cut(testDescription: "not HTTP", text: "SSH-2.0-x\r\n\r\n", code: 1, status: nil, partial: ""),
    ]

    @Test("tells a cut response with what had come of it", arguments: cuts)
    func interrupted(cut: Cut) async throws {
        try await CannedServer.with(serving: saying(cut.text, thenReset: cut.isReset)) { server, client in
            let failure = await failure(of: client, ClientRequest("GET", server.url()))
            guard case .interrupted(let status, let partial, let reason) = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(status == cut.status)
            #expect(String(decoding: partial, as: UTF8.self) == cut.partial)
            #expect(reason.hasSuffix("(libcurl \(cut.code))"), "\(reason)")
        }
    }

    @Test("a body that ends with the connection is whole")
    func closeDelimited() async throws {
        let answer = "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabc"
        try await CannedServer.with(serving: saying(answer)) { server, client in
            let response = try await client.send(ClientRequest("GET", server.url()))
            #expect(response.text == "abc")
        }
    }

    @Test("a refused connection is told from one that broke")
    func refused() async throws {
        try await CannedServer.with(serving: saying("")) { server, client in
            let unused = try unusedURL(on: client.loop)
            let failure = await failure(of: client, ClientRequest("GET", unused))
            guard case .connect = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
        }
    }

    /// An address on which nobody listens any more.
    private func unusedURL(on loop: EventLoop) throws -> String {
        let address = try #require(SocketAddress(host: "127.0.0.1", port: 0))
        let listener = try Listener(on: loop, address: address)
        defer { listener.close() }
        return "http://\(listener.address)/"
    }

    @Test("gives up when the whole takes too long")
    func totalTimeout() async throws {
        let handler: CannedServer.Handler = { peer, _ in
            _ = try await peer.request()
            try await peer.waitForEnd()
        }
        try await CannedServer.with(serving: handler) { server, client in
            let request = ClientRequest("GET", server.url(), timeout: .milliseconds(60))
            #expect(await failure(of: client, request) == .timeout(.total, status: nil))
        }
    }

    @Test("gives up when the server falls silent in the body, not while it goes on slowly")
    func idleTimeout() async throws {
        let handler: CannedServer.Handler = { peer, server in
            _ = try await peer.request()
            try await peer.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n")
            for _ in 1...5 {
                try await server.client.loop.sleep(for: .milliseconds(300))
                try await peer.write("x")
            }
            try await peer.waitForEnd()
        }
        try await CannedServer.with(serving: handler) { server, client in
            let start = MonotonicTime.now
            let request = ClientRequest("GET", server.url(), idleTimeout: .milliseconds(1200))
            #expect(await failure(of: client, request) == .timeout(.idle, status: 200))
            #expect(MonotonicTime.now - start >= .milliseconds(2500))
        }
    }

    @Test(
        "drops a response over the limit, announced or not",
        arguments: ["Content-Length: 11\r\n\r\n", "\r\n01234567890"])
    func tooLarge(rest: String) async throws {
        let configuration = HTTPClientConfiguration(userAgent: "tests/1", maxResponseBytes: 10)
        try await CannedServer.with(configuration, serving: saying("HTTP/1.1 200 OK\r\n" + rest)) { server, client in
            #expect(await failure(of: client, ClientRequest("GET", server.url())) == .tooLarge(limit: 10))
        }
    }

    @Test("drops a response whose head does not end")
    func endlessHead() async throws {
        let lines = String(repeating: "X: 0123456789\r\n", count: 10_000)
        try await CannedServer.with(serving: saying("HTTP/1.1 200 OK\r\n" + lines)) { server, client in
            let failure = await failure(of: client, ClientRequest("GET", server.url()))
            guard case .tooLarge = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
        }
    }

    @Test(
        "refuses a request that could break out of its frame",
        arguments: [
            ClientRequest("GET", "http://h/", headers: ["X": "a\r\nY: b"]),
            ClientRequest("GET", "http://h/", headers: ["X": "a\u{0}"]),
            ClientRequest("GET", "http://h/", headers: ["X\r\nY": "b"]),
            ClientRequest("GET", "http://h/", headers: ["X:": "b"]),
            ClientRequest("GET", "http://h/", headers: ["": "b"]),
            ClientRequest("GET", "http://h/", headers: ["content-length": "1"]),
            ClientRequest("GET", "http://h/", headers: ["Transfer-Encoding": "chunked"]),
            ClientRequest("GET / HTTP/1.1\r\nX: y\r\n\r\nGET", "http://h/"),
            ClientRequest("", "http://h/"),
            ClientRequest("CONNECT", "http://h/"),
            ClientRequest("GET", "http://h/ HTTP/1.1\r\nX: y"),
            ClientRequest("GET", "http://h/лист"),
            ClientRequest("GET", "http://user:secret@h/"),
            ClientRequest("GET", "http://h:port/"),
            ClientRequest("GET", "http:///x"),
            ClientRequest("GET", "h/x"),
            ClientRequest("GET", "ftp://h/x"),
            ClientRequest("GET", "file:///etc/passwd"),
            ClientRequest("GET", "http://h/", timeout: .zero),
        ])
    func invalidRequests(request: ClientRequest) async throws {
        try await CannedServer.with(serving: saying("")) { _, client in
            let failure = await failure(of: client, request)
            guard case .invalidRequest(let reason) = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(!reason.contains("secret"))
        }
    }

    @Test("refuses a configuration that cannot work")
    func invalidConfigurations() async throws {
        let invalid = [
            HTTPClientConfiguration(userAgent: ""),
            HTTPClientConfiguration(userAgent: "a\r\nX: y"),
            HTTPClientConfiguration(userAgent: "a", maxConnectionsPerHost: 0),
            HTTPClientConfiguration(userAgent: "a", tls: ClientTLS(caFile: "a\u{0}b")),
        ]
        try await onLoop { loop in
            for configuration in invalid {
                #expect(throws: HTTPClientError.self) { try HTTPClient(on: loop, configuration: configuration) }
            }
        }
    }

    @Test(
        "names what stands in the way of TLS",
        arguments: [
            (ClientTLS(caFile: "/nowhere/ca.pem"), HTTPClientError.TLSFailure.authorityFile),
            (ClientTLS(identity: .init(certificateFile: "/nowhere/c.pem")), .clientCertificateFile),
            (ClientTLS(), .handshake),
        ])
    func tls(settings: ClientTLS, expected: HTTPClientError.TLSFailure) async throws {
        let handler: CannedServer.Handler = { peer, _ in
            try await peer.write("HTTP/1.1 400 Bad Request\r\n\r\n")
            try await peer.waitForEnd()
        }
        let configuration = HTTPClientConfiguration(userAgent: "tests/1", tls: settings)
        try await CannedServer.with(configuration, serving: handler) { server, client in
            let failure = await failure(of: client, ClientRequest("GET", server.url(scheme: "https")))
            guard case .tls(let kind, _) = failure else {
                Issue.record("\(String(describing: failure))")
                return
            }
            #expect(kind == expected)
        }
    }
}
