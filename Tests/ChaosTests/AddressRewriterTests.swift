import Testing

@testable import TestSupport

@Suite("The proxy's answers")
struct AddressRewriterTests {
    /// An answer of the protocol: its length in four bytes, then the content.
    private func answer(_ content: [UInt8]) -> [UInt8] {
        [0, 0, UInt8(content.count >> 8), UInt8(content.count & 0xFF)] + content
    }

    private func address(_ host: String, _ port: UInt16) -> [UInt8] {
        [0, UInt8(host.utf8.count)] + Array(host.utf8) + [0, 0, UInt8(port >> 8), UInt8(port & 0xFF)]
    }

    @Test("name the proxy's port in place of the broker's, wherever it stands and however it is cut up")
    func rewrites() {
        let broker = address("127.0.0.1", 40_001) + [9, 9] + address("localhost", 40_001)
        let proxy = address("127.0.0.1", 5_000) + [9, 9] + address("localhost", 5_000)
        let stream = answer(broker) + answer([1, 2, 3]) + answer(broker)
        for size in [1, 3, 7, 1000] {
            var rewriter = AddressRewriter(hosts: ["127.0.0.1", "localhost"], port: 40_001, newPort: 5_000)
            var passed: [UInt8] = []
            for start in stride(from: 0, to: stream.count, by: size) {
                passed += rewriter.pass(Array(stream[start..<min(start + size, stream.count)]))
            }
            #expect(passed == answer(proxy) + answer([1, 2, 3]) + answer(proxy))
        }
    }

    @Test("keep the addresses of others")
    func keeps() {
        var rewriter = AddressRewriter(hosts: ["127.0.0.1"], port: 40_001, newPort: 5_000)
        let other = answer(address("127.0.0.1", 40_002) + address("10.0.0.1", 40_001))
        #expect(rewriter.pass(other) == other)
    }
}
