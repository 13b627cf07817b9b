import EventLoop
import Testing

@Suite("Ranges of IP addresses")
struct AddressRangeTests {
    @Test(
        "hold what has their prefix",
        arguments: [
            ("10.0.0.0/8", "10.255.1.2", true), ("10.0.0.0/8", "11.0.0.0", false), ("10.1.2.3", "10.1.2.3", true),
            ("10.1.2.3", "10.1.2.4", false), ("192.168.16.0/20", "192.168.31.255", true),
            ("192.168.16.0/20", "192.168.32.0", false), ("0.0.0.0/0", "203.0.113.1", true),
            ("0.0.0.0/0", "2001:db8::1", false), ("2001:db8::/33", "2001:db8:7fff::1", true),
            ("2001:db8::/33", "2001:db8:8000::1", false), ("::1", "::1", true),
            ("10.0.0.0/8", "::ffff:10.1.1.1", true), ("10.1.2.3/8", "10.9.9.9", true),
        ])
    func contains(range: String, address: String, isIn: Bool) throws {
        let address = try #require(SocketAddress(host: address, port: 1))
        #expect(try #require(AddressRange(range)).contains(address) == isIn)
    }

    @Test(
        "are nothing else",
        arguments: [
            "", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/8/8", "::/129", "a/8",
        ])
    func malformed(text: String) {
        #expect(AddressRange(text) == nil)
    }
}
