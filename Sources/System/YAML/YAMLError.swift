/// Why and where a text is not a YAML document that we read.
public struct YAMLError: Error, Equatable, Sendable, CustomStringConvertible {
    /// What is wrong.
    public let reason: Reason
    /// The line of the fault, from 1.
    public let line: Int
    /// The place in the line, from 1, in Unicode scalars.
    public let column: Int

    /// A fault at a place.
    public init(reason: Reason, line: Int, column: Int) {
        self.reason = reason
        self.line = line
        self.column = column
    }

    /// For a person: `line 3, column 5: the key "prompt" is repeated`.
    public var description: String {
        "line \(line), column \(column): \(reason)"
    }

    /// What is wrong.
    public enum Reason: Equatable, Sendable, CustomStringConvertible {
        /// Not YAML; the text is libyaml's.
        case syntax(String)
        /// More bytes than the limit.
        case tooLarge(limit: Int)
        /// Sequences and mappings nested deeper than the limit.
        case tooDeep(limit: Int)
        /// No document, or only comments.
        case empty
        /// A second document follows.
        case severalDocuments
        /// An alias (`*name`); they can make a small text huge.
        case alias
        /// An explicit tag (`!name`), which would ask for a type.
        case tag
        /// A key that is a sequence or a mapping.
        case complexKey
        /// A key for the second time in one mapping.
        case repeatedKey(String)
        /// libyaml ran out of memory.
        case outOfMemory

        /// The reason for a person.
        public var description: String {
            switch self {
            case .syntax(let problem): problem
            case .tooLarge(let limit): "larger than \(limit) bytes"
            case .tooDeep(let limit): "nested deeper than \(limit) levels"
            case .empty: "no document"
            case .severalDocuments: "more than one document"
            case .alias: "aliases are not allowed"
            case .tag: "tags are not allowed"
            case .complexKey: "keys must be scalars"
            case .repeatedKey(let key): "the key \"\(key)\" is repeated"
            case .outOfMemory: "out of memory"
            }
        }
    }
}
