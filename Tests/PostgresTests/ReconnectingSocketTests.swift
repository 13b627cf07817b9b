import EventLoop
import Postgres
import TestSupport
import Testing

/// As much of a server as it takes to log in: it promises TLS, cannot do it, and lets in whoever comes without.
private struct HalfServer {
    let listener: Listener

    func run() async throws {
        let first = try await accept()
        try await first.write(Array("S".utf8))
        try await read(from: first)
        try await first.write(Array("this is no TLS".utf8))
        first.close()
        let second = try await accept()
        // AuthenticationOk, ReadyForQuery (PostgreSQL manual, 55.7).
        try await second.write([0x52, 0, 0, 0, 8, 0, 0, 0, 0, 0x5A, 0, 0, 0, 5, 0x49])
        try await read(from: second)
        second.close()
    }

    /// A connection whose client has said its first words.
    private func accept() async throws -> ByteStream {
        while true {
            switch listener.accept() {
            case .connection(let descriptor, _):
                let stream = try ByteStream(descriptor: descriptor, on: try #require(EventLoop.current))
                try await read(from: stream)
                return stream
            case .none: await listener.waitForConnection()
            case .closed, .exhausted: throw CancellationError()
            }
        }
    }

    private func read(from stream: ByteStream) async throws {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 1)
        defer { buffer.deallocate() }
        while try stream.read(into: buffer) == .wouldBlock { try await stream.waitUntilReadable() }
    }
}

@Suite("Connecting to PostgreSQL")
struct ReconnectingSocketTests {
    @Test("a server whose TLS fails is reached without it, on a new socket with the old one's number")
    func preferFallsBack() async throws {
        try await onLoop { loop in
            let address = try #require(SocketAddress(host: "127.0.0.1", port: 0))
            let listener = try Listener(on: loop, address: address)
            defer { listener.close() }
            let server = LoopBound(HalfServer(listener: listener), to: loop)
            let serving = loop.spawn { try await server.value.run() }
            let connection = PostgresConnection(
                on: loop,
                PostgresConfiguration(
                    host: "127.0.0.1", port: Int(listener.address.port), database: "x", user: "x", sslMode: "prefer"))
            try await connection.connect(resolvedAddress: nil)
            #expect(connection.state == .ready)
            connection.close()
            try await serving.value
        }
    }
}
