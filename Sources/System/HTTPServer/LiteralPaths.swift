/// A table by path, asked with the bytes of a request: no key is made for asking.
struct LiteralPaths<Value: Sendable>: Sendable {
    private struct Entry: Sendable {
        let path: [UInt8]
        var value: Value
    }

    /// By hash; paths of one hash are told apart by their bytes. The paths are the program's own, so nobody can make
    /// them collide.
    private var entries: [UInt64: [Entry]] = [:]

    var values: [Value] { entries.values.flatMap { $0.map(\.value) } }

    /// Changes the value of `path`, which is `initial` if there is none yet.
    mutating func update(_ path: String, default initial: Value, _ change: (inout Value) -> Void) {
        let bytes = Array(path.utf8)
        var bucket = entries[Self.hash(bytes[...]), default: []]
        let index = bucket.firstIndex { $0.path == bytes } ?? bucket.count
        if index == bucket.count { bucket.append(Entry(path: bytes, value: initial)) }
        change(&bucket[index].value)
        entries[Self.hash(bytes[...])] = bucket
    }

    /// Changes all values.
    mutating func updateAll(_ change: (inout Value) -> Void) {
        for hash in entries.keys {
            for index in entries[hash, default: []].indices { change(&entries[hash, default: []][index].value) }
        }
    }

    func find(_ path: ArraySlice<UInt8>) -> Value? {
        entries[Self.hash(path)]?.first { $0.path.elementsEqual(path) }?.value
    }

    /// FNV-1a, 64 bits.
    private static func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.span.withUnsafeBufferPointer { buffer in
            buffer.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        }
    }
}
