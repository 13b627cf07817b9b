/// One header field as it was written.
public struct ClientHeader: Hashable, Sendable {
    /// The field's name; its case does not matter (RFC 9110, 5.1).
    public var name: String
    /// The field's value without the blanks around it.
    public var value: String

    /// Pairs a name with a value; nothing is checked until the request is sent.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
