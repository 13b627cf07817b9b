/// Reads one YAML document of a resource file into a tree, with libyaml (YAML 1.1 syntax).
///
/// Plain data only: no aliases, no tags, scalar and unique keys. Any thread; the work is done on the calling one.
public enum YAMLParser {
    /// The largest text in bytes.
    public static let maximumSize = 1 << 20
    /// How deep sequences and mappings may nest.
    public static let maximumDepth = 64

    /// The document of a UTF-8 text.
    public static func parse(_ bytes: [UInt8]) throws(YAMLError) -> YAMLNode {
        try parse(bytes.span)
    }

    /// The document of a text.
    public static func parse(_ text: String) throws(YAMLError) -> YAMLNode {
        try parse(text.utf8Span.span)
    }

    private static func parse(_ bytes: Span<UInt8>) throws(YAMLError) -> YAMLNode {
        guard bytes.count <= maximumSize else {
            throw YAMLError(reason: .tooLarge(limit: maximumSize), line: 1, column: 1)
        }
        return try bytes.withUnsafeBufferPointer { (buffer) throws(YAMLError) in
            var composer = YAMLComposer(events: try YAMLEventReader(buffer))
            return try composer.document()
        }
    }
}
