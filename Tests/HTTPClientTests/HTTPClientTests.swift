import EventLoop
import HTTPClient
import TestSupport
import Testing

/// Answers every request with its path.
private let echoPath: CannedServer.Handler = { peer, _ in
    while let request = try await peer.request() {
        try await peer.write("HTTP/1.1 200 OK\r\nContent-Length: \(request.path.utf8.count)\r\n\r\n\(request.path)")
    }
}

/// Answers every request with the request itself.
private let echoRequest: CannedServer.Handler = { peer, _ in
    while let request = try await peer.request() {
        let echo = Array(request.head.utf8) + request.body
        try await peer.write("HTTP/1.1 200 OK\r\nContent-Length: \(echo.count)\r\n\r\n")
        try await peer.write(echo)
    }
}

/// Takes one request and never answers.
private let silence: CannedServer.Handler = { peer, server in
    _ = try await peer.request()
    try await peer.waitForEnd()
    server.marks += 1
}

/// Says `text` after the first request and ends the connection.
private func saying(_ text: String) -> CannedServer.Handler {
    { peer, _ in
        _ = try await peer.request()
        try await peer.write(text)
    }
}

@Suite("HTTP client", .timeLimit(.minutes(10)))
struct HTTPClientTests {
    // MARK: Requests

    @Test("returns status, headers in order and the body of a GET")
    func get() async throws {
        let answer = "HTTP/1.1 404 Nope\r\nX-B: 1\r\nx-a:  two \r\nX-B: 3\r\nContent-Length: 2\r\n\r\nhi"
        try await CannedServer.with(serving: saying(answer)) { server, client in
            let response = try await client.send(ClientRequest("GET", server.url()))
            #expect(response.status == 404)
            #expect(response.text == "hi")
            #expect(response.headers.fields.map(\.name) == ["X-B", "x-a", "X-B", "Content-Length"])
            #expect(response.headers["X-A"] == "two")
            #expect(response.headers.values(of: "x-b") == ["1", "3"])
        }
    }

    @Test("sends the method, the headers and the body as they are")
    func post() async throws {
        try await CannedServer.with(serving: echoRequest) { server, client in
            let body = (0..<1_200_000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
            let response = try await client.send(
                ClientRequest("POST", server.url("/x?y=1"), headers: ["X-Id": "7", "X-Empty": ""], body: body))
            let head = String(decoding: response.body.dropLast(body.count), as: UTF8.self)
            #expect(response.body.suffix(body.count) == body[...])
            #expect(head.hasPrefix("POST /x?y=1 HTTP/1.1\r\n"))
            for line in ["X-Id: 7", "X-Empty:", "User-Agent: tests/1", "Content-Length: 1200000"] {
                #expect(head.contains("\r\n\(line)\r\n"), "\(line)")
            }
            for name in ["Expect:", "Content-Type:"] { #expect(!head.contains(name), "\(name)") }
        }
    }

    @Test("says the length of an empty POST body", arguments: ["POST", "PUT"])
    func emptyBody(method: String) async throws {
        try await CannedServer.with(serving: echoRequest) { server, client in
            let text = try await client.send(ClientRequest(method, server.url())).text
            #expect(text.hasPrefix("\(method) / "))
            #expect(text.contains("\r\nContent-Length: 0\r\n"))
        }
    }

    @Test("sends a DELETE without a body and without a length")
    func delete() async throws {
        try await CannedServer.with(serving: echoRequest) { server, client in
            let text = try await client.send(ClientRequest("DELETE", server.url("/1"))).text
            #expect(text.hasPrefix("DELETE /1 "))
            #expect(!text.contains("Content-Length"))
        }
    }

    @Test("does not wait for the body that a HEAD response announces, however large")
    func head() async throws {
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n"
        try await CannedServer.with(serving: saying(answer)) { server, client in
            let response = try await client.send(ClientRequest("HEAD", server.url()))
            #expect(response.headers["content-length"] == "99999999999")
            #expect(response.body.isEmpty)
        }
    }

    @Test("joins the chunks of a chunked response and leaves its trailers out")
    func chunked() async throws {
        let answer =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-T: 1\r\n\r\n"
        try await CannedServer.with(serving: saying(answer)) { server, client in
            let response = try await client.send(ClientRequest("GET", server.url()))
            #expect(response.text == "abcde")
            #expect(response.headers["X-T"] == nil)
        }
    }

    @Test("skips interim responses")
    func interim() async throws {
        let answer = "HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n"
        try await CannedServer.with(serving: saying(answer)) { server, client in
            let response = try await client.send(ClientRequest("GET", server.url()))
            #expect(response.status == 201)
            #expect(response.headers["Link"] == nil)
        }
    }

    @Test("hands a redirect over instead of following it")
    func redirect() async throws {
        let handler: CannedServer.Handler = { peer, _ in
            while try await peer.request() != nil {
                try await peer.write("HTTP/1.1 302 Found\r\nLocation: /elsewhere\r\nContent-Length: 0\r\n\r\n")
            }
        }
        try await CannedServer.with(serving: handler) { server, client in
            let response = try await client.send(ClientRequest("GET", server.url()))
            #expect(response.status == 302)
            #expect(response.headers["Location"] == "/elsewhere")
        }
    }

    // MARK: Connections

    @Test("uses one connection for requests one after another")
    func reuse() async throws {
        try await CannedServer.with(serving: echoPath) { server, client in
            for number in 1...3 {
                let text = try await client.send(ClientRequest("GET", server.url("/\(number)"))).text
                #expect(text == "/\(number)")
            }
            #expect(server.connectionCount == 1)
        }
    }

    @Test("opens another connection when the kept one was closed meanwhile")
    func staleConnection() async throws {
        let handler: CannedServer.Handler = { peer, server in
            _ = try await peer.request()
            try await peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
        }
        try await CannedServer.with(serving: handler) { server, client in
            for _ in 1...3 {
                let text = try await client.send(ClientRequest("GET", server.url())).text
                #expect(text == "ok")
            }
            #expect(server.connectionCount == 3)
        }
    }

    @Test("carries a hundred requests at a time on one loop, each with its own answer")
    func parallel() async throws {
        try await CannedServer.with(serving: echoPath) { server, client in
            try await sendAll(100, server, client)
            #expect(client.runningCount == 0)
            #expect(server.connectionCount > 1)
        }
    }

    @Test("keeps to its connections per host and lets the rest wait in line")
    func connectionLimit() async throws {
        let configuration = HTTPClientConfiguration(userAgent: "tests/1", maxConnectionsPerHost: 3)
        try await CannedServer.with(configuration, serving: echoPath) { server, client in
            try await sendAll(60, server, client)
            #expect(server.connectionCount == 3)
            #expect(client.waitingCount == 0)
        }
    }

    @Test("refuses a request when too many wait already")
    func overload() async throws {
        let configuration = HTTPClientConfiguration(userAgent: "tests/1", maxConnectionsPerHost: 1, maxWaiting: 1)
        try await CannedServer.with(configuration, serving: silence) { server, client in
            let url = server.url()
            let bound = LoopBound(client, to: client.loop)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 1...2 {
                    group.addTask(executorPreference: client.loop) {
                        await #expect(throws: HTTPClientError.cancelled) {
                            try await bound.value.send(ClientRequest("GET", url))
                        }
                    }
                }
                while client.waitingCount == 0 { await Task.yield() }
                await #expect(throws: HTTPClientError.overloaded) {
                    try await client.send(ClientRequest("GET", url))
                }
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(client.waitingCount == 0)
        }
    }

    @Test("waiting in line does not count as connecting")
    func waitingIsNotConnecting() async throws {
        let configuration = HTTPClientConfiguration(
            userAgent: "tests/1", connectTimeout: .seconds(1), maxConnectionsPerHost: 1)
        let slow: CannedServer.Handler = { peer, server in
            while try await peer.request() != nil {
                try await server.client.loop.sleep(for: .milliseconds(400))
                try await peer.write("HTTP/1.1 204 No Content\r\n\r\n")
            }
        }
        try await CannedServer.with(configuration, serving: slow) { server, client in
            let url = server.url()
            let bound = LoopBound(client, to: client.loop)
            try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 1...4 {
                    group.addTask(executorPreference: client.loop) {
                        try await bound.value.send(ClientRequest("GET", url)).status
                    }
                }
                for try await status in group { #expect(status == 204) }
            }
        }
    }

    private func sendAll(_ count: Int, _ server: CannedServer, _ client: HTTPClient) async throws {
        let bound = LoopBound(client, to: client.loop)
        let base = server.url("/")
        let answers = try await withThrowingTaskGroup(of: String.self) { group in
            for number in 0..<count {
                group.addTask(executorPreference: client.loop) {
                    try await bound.value.send(ClientRequest("GET", base + "\(number)")).text
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(answers == Set((0..<count).map { "/\($0)" }))
    }

    // MARK: Ends

    @Test("a cancelled request closes its connection")
    func cancellation() async throws {
        try await CannedServer.with(serving: silence) { server, client in
            let url = server.url()
            let bound = LoopBound(client, to: client.loop)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask(executorPreference: client.loop) {
                    await #expect(throws: HTTPClientError.cancelled) {
                        try await bound.value.send(ClientRequest("GET", url))
                    }
                }
                while server.connectionCount == 0 { await Task.yield() }
                group.cancelAll()
                try await group.waitForAll()
            }
            while server.marks == 0 { await Task.yield() }
            #expect(client.runningCount == 0)
        }
    }

    @Test("closing the client ends its requests and refuses further ones")
    func closing() async throws {
        try await CannedServer.with(serving: silence) { server, client in
            let url = server.url()
            let bound = LoopBound(client, to: client.loop)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask(executorPreference: client.loop) {
                    await #expect(throws: HTTPClientError.closed) {
                        try await bound.value.send(ClientRequest("GET", url))
                    }
                }
                while server.connectionCount == 0 { await Task.yield() }
                client.close()
                try await group.waitForAll()
            }
            await #expect(throws: HTTPClientError.closed) { try await client.send(ClientRequest("GET", url)) }
        }
    }
}
