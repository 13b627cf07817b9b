/// Any JSON value (RFC 8259), as read or to be written. No information of a well-formed text is lost except
/// white space, the way strings were escaped, and all but the last of equal keys.
///
/// Equality is that of the written form: `1` and `1.0` differ, `0.1` and `0.10` differ. Objects ignore key order.
public enum JSONValue: Sendable, Equatable {
    /// The literal `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// A number written without fraction and exponent that fits `Int`.
    case integer(Int)
    /// Every other number, kept as it was written.
    case decimal(JSONDecimal)
    /// A string, unescaped.
    case string(String)
    /// The elements in order.
    case array([JSONValue])
    /// The members in the order of their keys' first appearance.
    case object(JSONObject)

    /// A number from a double. JSON has no NaN and no infinities: those become `null`.
    public init(_ double: Double) {
        self = JSONDecimal(double).map(JSONValue.decimal) ?? .null
    }

    /// The JSON type's name for messages about a wrong type: `null`, `boolean`, `integer`, `number`, `string`,
    /// `array`, `object`.
    public var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "boolean"
        case .integer: "integer"
        case .decimal: "number"
        case .string: "string"
        case .array: "array"
        case .object: "object"
        }
    }

    /// The value as compact UTF-8 JSON text.
    public func serialized() -> [UInt8] {
        var writer = JSONWriter()
        writer.write(self)
        return writer.finish()
    }
}

extension JSONValue: CustomStringConvertible {
    /// The value as compact JSON text.
    public var description: String {
        // Right UTF-8, since it was written from strings and ASCII: checking it again takes as long as writing it.
        String(copying: UTF8Span(unchecked: serialized().span))
    }
}
