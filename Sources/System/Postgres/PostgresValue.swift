/// One statement parameter. Arrays of texts, ids and whole numbers travel in binary form, all else in text form; the
/// statement's casts give them their type, which must be the array's own for those in binary form.
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
    /// `text[]`, `bigint[]` or `uuid[]`, in binary form.
    case binaryArray(BinaryArray)

    /// Text or NULL.
    public static func optional(_ value: String?) -> PostgresValue {
        value.map(PostgresValue.text) ?? .null
    }

    /// An array of things whose text needs no quoting in an array literal: numbers of any type, UUIDs, booleans. For
    /// what is sent with each job there are the binary forms below.
    @inlinable
    public static func array(_ elements: some Sequence<some CustomStringConvertible>) -> PostgresValue {
        .text("{" + elements.map(\.description).joined(separator: ",") + "}")
    }

    /// The same with NULLs; all NULL where all elements are.
    @inlinable
    public static func optionals(_ elements: some Collection<(some CustomStringConvertible)?>) -> PostgresValue {
        guard elements.isEmpty || elements.contains(where: { $0 != nil }) else { return .null }
        return .array(elements.map { $0?.description ?? "NULL" })
    }

    /// A `text[]` of any texts; nil is NULL. Where all are, so is the array: `unnest` makes as many NULLs of that as
    /// the arrays beside it have elements.
    public static func texts(_ elements: [String?]) -> PostgresValue {
        .texts(elements.map { $0?.utf8 })
    }

    /// The same of texts that need no `String`, such as serialised JSON.
    public static func utf8Texts(_ elements: [[UInt8]?]) -> PostgresValue {
        .texts(elements)
    }

    private static func texts(_ elements: [(some Collection<UInt8>)?]) -> PostgresValue {
        guard elements.isEmpty || elements.contains(where: { $0 != nil }) else { return .null }
        let bytes = elements.reduce(0) { $0 + ($1?.count ?? 0) }
        var array = BinaryArray(of: .text, count: elements.count, bytes: bytes)
        for element in elements { array.append(element) }
        return .binaryArray(array)
    }

    /// A `text[][]`, row by row, `columns` each; nil is NULL. An array without rows has no dimensions.
    public static func textRows(_ cells: [String?], columns: Int) -> PostgresValue {
        precondition(columns > 0 && cells.count.isMultiple(of: columns), "whole rows")
        let bytes = cells.reduce(0) { $0 + ($1?.utf8.count ?? 0) }
        var array = BinaryArray(of: .text, rows: cells.count / columns, columns: columns, bytes: bytes)
        for cell in cells { array.append(cell?.utf8) }
        return .binaryArray(array)
    }

    /// A `bigint[]`.
    public static func bigints(_ numbers: [some BinaryInteger]) -> PostgresValue {
        var array = BinaryArray(of: .bigint, count: numbers.count, bytes: numbers.count * 8)
        for number in numbers { array.append(Int64(number)) }
        return .binaryArray(array)
    }

    /// A `bigint[]`; nil is NULL. Where all are, so is the array.
    public static func optionalBigints(_ numbers: [Int?]) -> PostgresValue {
        guard numbers.isEmpty || numbers.contains(where: { $0 != nil }) else { return .null }
        var array = BinaryArray(of: .bigint, count: numbers.count, bytes: numbers.count * 8)
        for number in numbers {
            if let number { array.append(Int64(number)) } else { array.appendNull() }
        }
        return .binaryArray(array)
    }

    /// A `uuid[]` of ids in two halves, most significant first; nil is NULL.
    public static func uuids(_ ids: [(high: UInt64, low: UInt64)?]) -> PostgresValue {
        var array = BinaryArray(of: .uuid, count: ids.count, bytes: ids.count * 16)
        for id in ids {
            if let id { array.append(id) } else { array.appendNull() }
        }
        return .binaryArray(array)
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
