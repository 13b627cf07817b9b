import JSON
import YAML

extension YAMLNode {
    /// The node as JSON has it: plain `true`, `false`, `null` and numbers in JSON's form are what they look like,
    /// everything else is text.
    var jsonValue: JSONValue {
        switch self {
        case .sequence(let elements, _): .array(elements.map(\.jsonValue))
        case .mapping(let entries, _): .object(JSONObject(entries.map { ($0.key, $0.value.jsonValue) }))
        case .scalar(let scalar): Self.value(scalar)
        }
    }

    private static func value(_ scalar: YAMLScalar) -> JSONValue {
        guard !scalar.isNull else { return .null }
        guard scalar.isPlain else { return .string(scalar.text) }
        switch scalar.text {
        case "true": return .bool(true)
        case "false": return .bool(false)
        default: return Int(scalar.text).map(JSONValue.integer) ?? number(scalar.text) ?? .string(scalar.text)
        }
    }

    private static func number(_ text: String) -> JSONValue? {
        JSONDecimal(text: text).map(JSONValue.decimal)
    }
}
