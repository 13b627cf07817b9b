/// One entry of a mapping.
public struct YAMLEntry: Sendable, Equatable {
    /// The key, always a scalar.
    public let key: String
    /// The value.
    public let value: YAMLNode
    /// The line of the key, from 1.
    public let line: Int

    /// An entry as read.
    public init(key: String, value: YAMLNode, line: Int) {
        self.key = key
        self.value = value
        self.line = line
    }
}
