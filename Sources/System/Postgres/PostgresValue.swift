/// One statement parameter. All travel in text form; the statement's casts give them their type.
public enum PostgresValue: Sendable {
    /// SQL NULL.
    case null
    /// Any text, or anything that casts from text.
    case text(String)
    /// UTF-8 bytes that need no `String`, such as serialised JSON.
    case utf8([UInt8])
    /// `smallint`, `integer` or `bigint`.
    case integer(Int64)
    /// `double precision`.
    case double(Double)
    /// `boolean`.
    case bool(Bool)

    /// Text or NULL.
    public static func optional(_ value: String?) -> PostgresValue {
        value.map(PostgresValue.text) ?? .null
    }

    /// An array of things whose text needs no quoting in an array literal: numbers, UUIDs, booleans.
    @inlinable
    public static func array(_ elements: some Sequence<some CustomStringConvertible>) -> PostgresValue {
        .text("{" + elements.map(\.description).joined(separator: ",") + "}")
    }

    /// The same with NULLs.
    @inlinable
    public static func optionals(_ elements: some Sequence<(some CustomStringConvertible)?>) -> PostgresValue {
        .array(elements.map { $0?.description ?? "NULL" })
    }

    /// An array of any texts; nil is NULL (PostgreSQL manual, 8.15.6).
    public static func texts(_ elements: [String?]) -> PostgresValue {
        var literal = ArrayLiteral()
        for element in elements {
            guard var element else {
                literal.appendNull()
                continue
            }
            element.withUTF8 { literal.append($0) }
        }
        return .utf8(literal.closed)
    }

    /// An array of texts that need no `String`, such as serialised JSON; nil is NULL.
    public static func utf8Texts(_ elements: [[UInt8]?]) -> PostgresValue {
        var literal = ArrayLiteral()
        for element in elements {
            guard let element else {
                literal.appendNull()
                continue
            }
            element.withUnsafeBufferPointer { literal.append($0) }
        }
        return .utf8(literal.closed)
    }

    /// A whole number.
    public static func integer(_ value: Int) -> PostgresValue {
        .integer(Int64(value))
    }

    /// A `bytea` value in hex form.
    public static func bytea(_ bytes: some Sequence<UInt8>) -> PostgresValue {
        var text: [UInt8] = Array("\\x".utf8)
        let digits = Array("0123456789abcdef".utf8)
        for byte in bytes {
            text.append(digits[Int(byte >> 4)])
            text.append(digits[Int(byte & 15)])
        }
        return .utf8(text)
    }
}

/// Parameters laid out as libpq wants them: NUL-terminated texts in one buffer.
struct ParameterList: Sendable {
    private var bytes: [UInt8] = []
    private var offsets: [Int?] = []

    /// Nil when a text holds a NUL, which would silently cut it off.
    init?(_ values: [PostgresValue]) {
        offsets.reserveCapacity(values.count)
        for value in values {
            let start = bytes.count
            switch value {
            case .null: break
            case .text(let text): bytes.append(contentsOf: text.utf8)
            case .utf8(let text): bytes.append(contentsOf: text)
            case .integer(let number): bytes.append(contentsOf: String(number).utf8)
            case .double(let number): bytes.append(contentsOf: String(number).utf8)
            case .bool(let flag): bytes.append(flag ? 0x74 : 0x66)
            }
            if case .null = value {
                offsets.append(nil)
                continue
            }
            if bytes[start...].contains(0) { return nil }
            bytes.append(0)
            offsets.append(start)
        }
    }

    var count: Int32 { Int32(offsets.count) }

    /// Lends the array of text pointers.
    func withPointers<Result>(_ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result) -> Result {
        bytes.withUnsafeBytes { raw in
            let pointers: [UnsafePointer<CChar>?] = offsets.map { offset in
                offset.flatMap { raw.baseAddress?.advanced(by: $0).assumingMemoryBound(to: CChar.self) }
            }
            return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
        }
    }
}
