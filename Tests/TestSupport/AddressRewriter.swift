/// Changes the address of a broker in what it answers, so that its clients come back to the proxy instead of to the
/// broker itself.
///
/// Kafka's protocol writes an address as the host's name followed by the port in four bytes, so a port is replaced
/// without moving anything. Answers are passed on whole: an address may lie across two reads.
struct AddressRewriter {
    private let hosts: [[UInt8]]
    private let oldPort: [UInt8]
    private let newPort: [UInt8]
    private var buffer: [UInt8] = []
    /// Addresses stand in short answers; long ones carry messages.
    private static let longestChanged = 65_536

    /// Replaces `port` by `newPort` wherever it follows one of `hosts`.
    init(hosts: [String], port: UInt16, newPort: UInt16) {
        self.hosts = hosts.map { Array($0.utf8) }
        oldPort = Self.bytes(port)
        self.newPort = Self.bytes(newPort)
    }

    private static func bytes(_ port: UInt16) -> [UInt8] {
        [0, 0, UInt8(port >> 8), UInt8(port & 0xFF)]
    }

    /// Takes what was read and returns what can be passed on.
    mutating func pass(_ bytes: [UInt8]) -> [UInt8] {
        buffer += bytes
        var passed: [UInt8] = []
        var start = 0
        while buffer.count - start >= 4 {
            let length = buffer[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
            guard buffer.count - start - 4 >= length else { break }
            let end = start + 4 + length
            passed += length <= Self.longestChanged ? changed(Array(buffer[start..<end])) : Array(buffer[start..<end])
            start = end
        }
        buffer.removeFirst(start)
        return passed
    }

    private func changed(_ answer: [UInt8]) -> [UInt8] {
        var answer = answer
        for host in hosts {
            let pattern = host + oldPort
            var rest = answer[...]
            while let found = rest.firstRange(of: pattern) {
                answer.replaceSubrange(found.upperBound - 4..<found.upperBound, with: newPort)
                rest = answer[found.upperBound...]
            }
        }
        return answer
    }
}
