import Synchronization

/// New names for requests: a random part for the process and a number, `k3f9x2qa-0001f3`. Fifteen bytes, which Swift
/// keeps in a `String` without an allocation.
final class RequestIDs: Sendable {
    private let prefix: UInt64
    private let count = Atomic<UInt64>(0)
    private static let digits = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    init() {
        prefix = UInt64.random(in: 0..<1 << 40)
    }

    /// A name that no other request of this process has. Any thread.
    func next() -> String {
        let number = count.add(1, ordering: .relaxed).newValue
        let isShort = number < 1 << 30
        return String(unsafeUninitializedCapacity: isShort ? 15 : 22) { buffer in
            let end = Self.write(prefix, digits: 8, to: buffer, at: 0)
            buffer[end] = UInt8(ascii: "-")
            return Self.write(number, digits: isShort ? 6 : 13, to: buffer, at: end + 1)
        }
    }

    /// Base 32, most significant first.
    private static func write(
        _ value: UInt64, digits count: Int, to buffer: UnsafeMutableBufferPointer<UInt8>, at start: Int
    ) -> Int {
        for index in 0..<count {
            buffer[start + index] = digits[Int(value >> UInt64(5 * (count - 1 - index)) & 31)]
        }
        return start + count
    }
}
