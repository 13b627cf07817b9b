import EventLoop
import Glibc
import TestSupport
import Testing

@Suite("Listener and connecting", .timeLimit(.minutes(10)))
struct ListenerTests {
    private static func loopback(_ port: UInt16 = 0) throws -> SocketAddress {
        try #require(SocketAddress(host: "127.0.0.1", port: port))
    }

    @Test("a connection is accepted, knows both addresses and carries bytes")
    func accept() async throws {
        try await onLoop { loop in
            let listener = try Listener(on: loop, address: Self.loopback())
            defer { listener.close() }
            #expect(listener.address.port != 0)
            let client = try await ByteStream.connect(to: listener.address, on: loop)
            defer { client.close() }
            await listener.waitForConnection()
            guard case .connection(let descriptor, let peer) = listener.accept() else {
                Issue.record("nobody there")
                return
            }
            #expect(peer.host == "127.0.0.1")
            let server = try ByteStream(descriptor: descriptor, on: loop)
            defer { server.close() }
            try await client.write(Array("hello".utf8))
            client.endWriting()
            #expect(try await server.readToEnd() == Array("hello".utf8))
        }
    }

    @Test("a reset is no orderly end to the other side")
    func reset() async throws {
        try await onLoop { loop in
            let listener = try Listener(on: loop, address: Self.loopback())
            defer { listener.close() }
            let client = try await ByteStream.connect(to: listener.address, on: loop)
            defer { client.close() }
            await listener.waitForConnection()
            guard case .connection(let descriptor, _) = listener.accept() else {
                Issue.record("nobody there")
                return
            }
            try ByteStream(descriptor: descriptor, on: loop).reset()
            await #expect(throws: StreamError.disconnected) { try await client.readToEnd() }
        }
    }

    @Test("nobody there is an answer, not a wait")
    func none() async throws {
        try await onLoop { loop in
            let listener = try Listener(on: loop, address: Self.loopback())
            defer { listener.close() }
            guard case .none = listener.accept() else {
                Issue.record("somebody there")
                return
            }
        }
    }

    @Test("newcomers can be ignored, and those who have connected before are accepted all the same")
    func newcomers() async throws {
        try await onLoop { loop in
            let listener = try Listener(on: loop, address: Self.loopback())
            let early = try await ByteStream.connect(to: listener.address, on: loop)
            defer { early.close() }
            listener.ignoreNewcomers()
            // It would be connected at once, and refused at once by a closed listener.
            let error = await #expect(throws: SystemError.self) {
                try await ByteStream.connect(
                    to: listener.address, on: loop, deadline: .now + .milliseconds(100)
                ).close()
            }
            #expect(error?.code == ETIMEDOUT)
            guard case .connection(let descriptor, _) = listener.accept(), case .none = listener.accept() else {
                Issue.record("not the one who came early, or not alone")
                return
            }
            let accepted = try ByteStream(descriptor: descriptor, on: loop)
            defer { accepted.close() }
            try await early.write(Array("hello".utf8))
            early.endWriting()
            #expect(try await accepted.readToEnd() == Array("hello".utf8))
            listener.close()
        }
    }

    @Test("closing wakes the one who waits, who then sees it closed")
    func close() async throws {
        try await onLoop { loop in
            let listener = try Listener(on: loop, address: Self.loopback())
            _ = listener.accept()
            let bound = LoopBound(listener, to: loop)
            _ = loop.schedule(after: .milliseconds(1)) { bound.value.close() }
            await listener.waitForConnection()
            guard case .closed = listener.accept() else {
                Issue.record("still open")
                return
            }
            await listener.waitForConnection()
        }
    }

    @Test("the one who waits can be woken to look around")
    func wake() async throws {
        try await onLoop { loop in
            let listener = try Listener(on: loop, address: Self.loopback())
            defer { listener.close() }
            _ = listener.accept()
            let bound = LoopBound(listener, to: loop)
            _ = loop.schedule(after: .milliseconds(1)) { bound.value.wakeWaiter() }
            await listener.waitForConnection()
            guard case .none = listener.accept() else {
                Issue.record("somebody there")
                return
            }
        }
    }

    @Test("an address that is listened on is not free, and is free after the end")
    func checkIsFree() async throws {
        try await onLoop { loop in
            let listener = try Listener(on: loop, address: Self.loopback())
            let error = #expect(throws: SystemError.self) { try Listener.checkIsFree(listener.address) }
            #expect(error?.code == EADDRINUSE)
            listener.close()
            try Listener.checkIsFree(listener.address)
        }
    }

    @Test("two loops can listen on one address")
    func shared() async throws {
        try await onLoops(2) { group in
            let loop = group.loops[0]
            let first = try Listener(on: loop, address: Self.loopback())
            defer { first.close() }
            let address = first.address
            let second = group.loops[1]
            let isListening = await second.perform {
                guard let listener = try? Listener(on: second, address: address) else { return false }
                listener.close()
                return true
            }
            #expect(isListening)
        }
    }

    @Test("connecting where nobody listens is refused")
    func refused() async throws {
        try await onLoop { loop in
            let listener = try Listener(on: loop, address: Self.loopback())
            let address = listener.address
            listener.close()
            let error = await #expect(throws: SystemError.self) {
                try await ByteStream.connect(to: address, on: loop)
            }
            #expect(error?.code == ECONNREFUSED)
        }
    }

    @Test("connecting to one who does not take connections ends at the deadline")
    func connectDeadline() async throws {
        try await onLoop { loop in
            // A queue of one that nobody empties: Linux leaves further handshakes unanswered.
            let listener = try Listener(on: loop, address: Self.loopback(), backlog: 0)
            defer { listener.close() }
            var streams: [ByteStream] = []
            defer { streams.forEach { $0.close() } }
            let error = await #expect(throws: SystemError.self) {
                for _ in 0..<8 {
                    let stream = try await ByteStream.connect(
                        to: listener.address, on: loop, deadline: .now + .milliseconds(50))
                    streams.append(stream)
                }
            }
            #expect(error?.code == ETIMEDOUT)
        }
    }
}
