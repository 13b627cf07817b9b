import EventLoop
import Testing

@Suite("Socket address")
struct SocketAddressTests {
    @Test(
        "numeric hosts are read and shown",
        arguments: [
            ("127.0.0.1", "127.0.0.1:80", true), ("0.0.0.0", "0.0.0.0:80", false), ("::1", "[::1]:80", true),
            ("2001:DB8::1", "[2001:db8::1]:80", false), ("::ffff:10.0.0.1", "10.0.0.1:80", false),
        ])
    func numeric(host: String, shown: String, isLoopback: Bool) throws {
        let address = try #require(SocketAddress(host: host, port: 80))
        #expect(address.description == shown)
        #expect(address.port == 80)
        #expect(address.isLoopback == isLoopback)
    }

    @Test("names are not looked up", arguments: ["localhost", "", "127.0.0", "1.2.3.4.5", "[::1]", "::1%lo0x"])
    func names(host: String) {
        #expect(SocketAddress(host: host, port: 80) == nil)
    }
}
