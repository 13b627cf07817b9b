/// The type of some content, without its parameters (RFC 9110 §8.3.1).
public struct MediaType: Equatable, Sendable {
    /// `type/subtype` in lower case.
    public let name: String

    /// Reads a `Content-Type`.
    public init(_ field: String) {
        let bytes = field.utf8.prefix { $0 != UInt8(ascii: ";") }
        name = String(decoding: bytes.filter { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\t") }, as: UTF8.self)
            .lowercased()
    }

    /// Whether content of this type is JSON, by itself or as the syntax of a type of its own (RFC 6839 §3.1).
    public var isJSON: Bool { name == "application/json" || name.hasSuffix("+json") }

    /// Whether content of this type is text in some form; others are mostly compressed by themselves.
    var isCompressible: Bool {
        name.hasPrefix("text/") || name.hasSuffix("+json") || name.hasSuffix("+xml") || Self.compressible.contains(name)
    }

    private static let compressible: Set<String> = [
        "application/json", "application/x-ndjson", "application/javascript", "application/xml", "application/yaml",
    ]
}
