/// Header fields in the order in which they are sent or came, found by name whatever its case.
public struct ClientHeaders: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// All fields, repeated names included.
    public private(set) var fields: [ClientHeader] = []

    /// An empty list.
    public init() {}

    /// Lists the pairs as written, repeated names included.
    public init(dictionaryLiteral elements: (String, String)...) {
        fields = elements.map { ClientHeader($0.0, $0.1) }
    }

    /// Adds a field at the end; one of the same name stays.
    public mutating func append(_ name: String, _ value: String) {
        fields.append(ClientHeader(name, value))
    }

    /// The value of the first field of that name.
    public subscript(name: String) -> String? {
        fields.first { $0.name.equalsIgnoringASCIICase(name) }?.value
    }

    /// The values of all fields of that name, in order.
    public func values(of name: String) -> [String] {
        fields.filter { $0.name.equalsIgnoringASCIICase(name) }.map(\.value)
    }

    /// Continues the last field's value: an old-style folded line (RFC 9112, 5.2).
    mutating func extendLast(with text: String) {
        guard let last = fields.indices.last else { return }
        fields[last].value += " " + text
    }
}

extension String {
    /// Compares protocol words, whose case matters in no human language.
    func equalsIgnoringASCIICase(_ other: String) -> Bool {
        utf8.elementsEqual(other.utf8) { $0.asciiLowercased == $1.asciiLowercased }
    }
}

extension UInt8 {
    var asciiLowercased: UInt8 { (0x41...0x5A).contains(self) ? self | 0x20 : self }
}
