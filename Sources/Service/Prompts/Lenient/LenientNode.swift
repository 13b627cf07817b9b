import JSON

/// A value as a model wrote it: like JSON, but equal keys are kept and cells are JSON already. The parser bounds its
/// depth, so walking it by recursion is safe.
enum LenientNode {
    case scalar(JSONValue)
    case array([LenientNode])
    case object([Member])

    struct Member {
        let key: String
        let value: LenientNode
    }

    var isContainer: Bool {
        if case .scalar = self { false } else { true }
    }

    /// A cell that holds more than a scalar shows it as JSON text.
    var cell: JSONValue {
        switch self {
        case .scalar(let value): value
        case .array, .object: .string(json.description)
        }
    }

    private var json: JSONValue {
        switch self {
        case .scalar(let value): value
        case .array(let elements): .array(elements.map(\.json))
        case .object(let members): .object(JSONObject(members.map { ($0.key, $0.value.json) }))
        }
    }
}
