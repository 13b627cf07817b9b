/// One statement parameter. All but arrays of texts travel in text form; the statement's casts give them their type.
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
    /// `text[]`, in binary form.
    case textArray(TextArray)

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

    /// A `text[]` of any texts; nil is NULL.
    public static func texts(_ elements: [String?]) -> PostgresValue {
        var array = TextArray(count: elements.count, bytes: elements.reduce(0) { $0 + ($1?.utf8.count ?? 0) })
        for element in elements { array.append(element?.utf8) }
        return .textArray(array)
    }

    /// A `text[]` of texts that need no `String`, such as serialised JSON; nil is NULL.
    public static func utf8Texts(_ elements: [[UInt8]?]) -> PostgresValue {
        var array = TextArray(count: elements.count, bytes: elements.reduce(0) { $0 + ($1?.count ?? 0) })
        for element in elements { array.append(element) }
        return .textArray(array)
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
