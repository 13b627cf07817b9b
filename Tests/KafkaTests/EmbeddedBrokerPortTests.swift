import Glibc
import Kafka
import Testing

@testable import EventLoop

@Suite("The port of an embedded broker")
struct EmbeddedBrokerPortTests {
    /// What binding the port by itself comes to.
    private static func bindError(_ address: SocketAddress) -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        return address.withSockaddr { bind(descriptor, $0, $1) } == 0 ? 0 : errno
    }

    @Test("is nobody else's while the broker is off the net, and its own afterwards")
    func kept() throws {
        let broker = try EmbeddedBroker()
        defer { broker.close() }
        let words = broker.bootstrapServers.split(separator: ":")
        let port = try #require(UInt16(words[1]))
        let address = try #require(SocketAddress(host: String(words[0]), port: port))
        for _ in 1...3 {
            try broker.takeDown()
            #expect(Self.bindError(address) == EADDRINUSE)
            try broker.bringUp()
            // Somebody listens there again.
            #expect(throws: SystemError.self) { try PortReservation(of: address) }
        }
        try broker.takeDown()
        broker.close()
        #expect(Self.bindError(address) == 0)
    }
}
