/// Parameters laid out as libpq wants them, in one buffer: NUL-terminated texts, and what travels in binary form.
struct ParameterList: Sendable {
    private var bytes: [UInt8] = []
    /// Where each begins; nil for NULL.
    private var offsets: [Int?] = []
    /// Of those in binary form; libpq finds out the others' by itself.
    private var lengths: [Int32] = []
    private var formats: [Int32] = []

    /// Nil when a text holds a NUL, which would silently cut it off, or when a value is beyond what libpq can say.
    init?(_ values: [PostgresValue]) {
        offsets.reserveCapacity(values.count)
        bytes.reserveCapacity(values.reduce(0) { $0 + $1.expectedBytes })
        for value in values {
            let start = bytes.count
            var isBinary = false
            switch value {
            case .null: break
            case .text(let text): bytes.append(contentsOf: text.utf8)
            case .utf8(let text): bytes.append(contentsOf: text)
            case .integer(let number): bytes.append(contentsOf: String(number).utf8)
            case .double(let number): bytes.append(contentsOf: String(number).utf8)
            case .bool(let flag): bytes.append(flag ? 0x74 : 0x66)
            case .binaryArray(let array):
                bytes.append(contentsOf: array.bytes)
                isBinary = true
            }
            guard let length = Int32(exactly: bytes.count - start) else { return nil }
            lengths.append(length)
            formats.append(isBinary ? 1 : 0)
            if case .null = value {
                offsets.append(nil)
                continue
            }
            offsets.append(start)
            guard !isBinary else { continue }
            if bytes[start...].contains(0) { return nil }
            bytes.append(0)
        }
    }

    var count: Int32 { Int32(offsets.count) }

    /// Lends the arrays of pointers, lengths and formats.
    func withPointers<Result>(
        _ body: (UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?) -> Result
    ) -> Result {
        bytes.withUnsafeBytes { raw in
            let pointers: [UnsafePointer<CChar>?] = offsets.map { offset in
                offset.flatMap { raw.baseAddress?.advanced(by: $0).assumingMemoryBound(to: CChar.self) }
            }
            return pointers.withUnsafeBufferPointer { pointers in
                lengths.withUnsafeBufferPointer { lengths in
                    formats.withUnsafeBufferPointer { body(pointers.baseAddress, lengths.baseAddress, $0.baseAddress) }
                }
            }
        }
    }
}

extension PostgresValue {
    /// About what it takes in the buffer.
    fileprivate var expectedBytes: Int {
        switch self {
        case .null: 0
        case .text(let text): text.utf8.count + 1
        case .utf8(let text): text.count + 1
        case .integer, .double, .bool: 24
        case .binaryArray(let array): array.bytes.count
        }
    }
}
