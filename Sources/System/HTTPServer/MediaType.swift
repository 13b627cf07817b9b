/// The type of some content, without its parameters (RFC 9110 §8.3.1).
struct MediaType: Equatable {
    /// `type/subtype` in lower case.
    let name: String

    /// Reads a `Content-Type`.
    init(_ field: String) {
        name = field.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }.lowercased()
    }

    /// Whether content of this type is text in some form; others are mostly compressed by themselves.
    var isCompressible: Bool {
        name.hasPrefix("text/") || name.hasSuffix("+json") || name.hasSuffix("+xml") || Self.compressible.contains(name)
    }

    private static let compressible: Set<String> = [
        "application/json", "application/x-ndjson", "application/javascript", "application/xml", "application/yaml",
    ]
}
