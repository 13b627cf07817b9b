/// A value of a YAML document and the line it starts on, so that whoever reads it can name the place of a fault.
public indirect enum YAMLNode: Sendable, Equatable {
    /// Text, or whatever a plain scalar stands for.
    case scalar(YAMLScalar)
    /// The elements in order; lines count from 1.
    case sequence([YAMLNode], line: Int)
    /// The entries in order, with unique keys; lines count from 1.
    case mapping([YAMLEntry], line: Int)

    /// The line the value starts on, from 1.
    public var line: Int {
        switch self {
        case .scalar(let scalar): scalar.line
        case .sequence(_, let line), .mapping(_, let line): line
        }
    }

    /// `scalar`, `sequence` or `mapping`, for messages about a wrong kind.
    public var kindName: String {
        switch self {
        case .scalar: "scalar"
        case .sequence: "sequence"
        case .mapping: "mapping"
        }
    }

    /// Whether this is an unquoted `null`, `~` or nothing at all.
    public var isNull: Bool {
        if case .scalar(let scalar) = self { scalar.isNull } else { false }
    }

    /// The text, if this is a scalar other than null. Numbers and booleans are given as written.
    public var text: String? {
        if case .scalar(let scalar) = self, !scalar.isNull { scalar.text } else { nil }
    }

    /// The elements, if this is a sequence.
    public var elements: [YAMLNode]? {
        if case .sequence(let elements, _) = self { elements } else { nil }
    }

    /// The entries, if this is a mapping.
    public var entries: [YAMLEntry]? {
        if case .mapping(let entries, _) = self { entries } else { nil }
    }

    /// The value of that key; nil if there is none or this is no mapping. Takes time in proportion to the size.
    public subscript(key: String) -> YAMLNode? {
        entries?.first { $0.key == key }?.value
    }
}
