import EventLoop
import HTTPClient
import TestSupport
import Testing

@Suite("HTTP client's streams", .timeLimit(.minutes(10)))
struct ClientStreamTests {
    @Test("hands over each piece as it comes, then the end")
    func pieces() async throws {
        let handler: CannedServer.Handler = { peer, _ in
            // Each request is a go-ahead: nothing can come before the reader has asked for it.
            while let request = try await peer.request() {
                let isStream = request.path == "/stream"
                try await peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\none\r\n")
                if isStream { try await peer.write("3\r\ntwo\r\n") }
                try await peer.write("0\r\n\r\n")
            }
        }
        try await CannedServer.with(serving: handler) { server, client in
            let stream = try await client.open(ClientRequest("GET", server.url("/stream")))
            #expect(stream.head.status == 200)
            var text = ""
            while let piece = try await stream.next() { text += String(decoding: piece, as: UTF8.self) }
            #expect(text == "onetwo")
            #expect(try await stream.next() == nil)
        }
    }

    @Test("the head comes before the body does")
    func headFirst() async throws {
        let handler: CannedServer.Handler = { peer, server in
            _ = try await peer.request()
            try await peer.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n")
            while server.marks == 0 { await Task.yield() }
            try await peer.write("hello")
            try await peer.waitForEnd()
        }
        try await CannedServer.with(serving: handler) { server, client in
            let stream = try await client.open(ClientRequest("GET", server.url()))
            server.marks = 1
            #expect(try await stream.next() == Array("hello".utf8))
            #expect(try await stream.next() == nil)
        }
    }

    @Test("holds the server back while the reader does not read, and loses nothing")
    func backPressure() async throws {
        let total = 64 << 20
        let handler: CannedServer.Handler = { peer, server in
            _ = try await peer.request()
            try await peer.write("HTTP/1.1 200 OK\r\nContent-Length: \(total)\r\n\r\n")
            let block = [UInt8](repeating: 0x61, count: 1 << 16)
            for _ in 0..<(total / block.count) {
                try await peer.write(block)
                server.bytesSent += block.count
            }
            try await peer.waitForEnd()
        }
        let configuration = HTTPClientConfiguration(
            userAgent: "tests/1", maxResponseBytes: total, streamWindowBytes: 64 << 10)
        try await CannedServer.with(configuration, serving: handler) { server, client in
            // Idle time does not count while the reader is the one who waits.
            let request = ClientRequest("GET", server.url(), idleTimeout: .seconds(1))
            let stream = try await client.open(request)
            var sent = -1
            while sent != server.bytesSent {
                sent = server.bytesSent
                try await client.loop.sleep(for: .milliseconds(700))
            }
            #expect(sent < total / 2, "only socket buffers and the window fill up")
            var received = 0
            while let piece = try await stream.next() {
                #expect(piece.count < 128 << 10)
                received += piece.count
            }
            #expect(received == total)
        }
    }

    @Test("gives what came before a cut, then tells the cut")
    func cut() async throws {
        let handler: CannedServer.Handler = { peer, _ in
            _ = try await peer.request()
            try await peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
        }
        try await CannedServer.with(serving: handler) { server, client in
            let stream = try await client.open(ClientRequest("GET", server.url()))
            #expect(try await stream.next() == Array("abc".utf8))
            await #expect {
                try await stream.next()
            } throws: { error in
                guard case HTTPClientError.interrupted(200, [], _) = error else { return false }
                return true
            }
        }
    }

    /// Starts a body and waits for the client to go.
    private static let endless: CannedServer.Handler = { peer, server in
        _ = try await peer.request()
        try await peer.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n")
        try await peer.waitForEnd()
        server.marks += 1
    }

    @Test("closing a stream closes its connection")
    func close() async throws {
        try await CannedServer.with(serving: Self.endless) { server, client in
            let stream = try await client.open(ClientRequest("GET", server.url()))
            stream.close()
            while server.marks == 0 { await Task.yield() }
            await #expect(throws: HTTPClientError.closed) { try await stream.next() }
        }
    }

    @Test("dropping a stream closes its connection")
    func drop() async throws {
        try await CannedServer.with(serving: Self.endless) { server, client in
            _ = try await client.open(ClientRequest("GET", server.url()))
            while server.marks == 0 { await Task.yield() }
            #expect(client.runningCount == 0)
        }
    }

    @Test("cancelling the reader closes the connection")
    func cancel() async throws {
        try await CannedServer.with(serving: Self.endless) { server, client in
            let url = server.url()
            let here = LoopBound(server, to: client.loop)
            let bound = LoopBound(client, to: client.loop)
            try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask(executorPreference: client.loop) {
                    let stream = try await bound.value.open(ClientRequest("GET", url))
                    let piece = try await stream.next()
                    #expect(piece == Array("abc".utf8))
                    here.value.bytesSent = 3
                    await #expect(throws: HTTPClientError.cancelled) { try await stream.next() }
                }
                while server.bytesSent == 0 { await Task.yield() }
                group.cancelAll()
                try await group.waitForAll()
            }
            while server.marks == 0 { await Task.yield() }
        }
    }
}
