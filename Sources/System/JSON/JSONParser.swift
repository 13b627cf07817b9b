/// A strict parser of JSON text (RFC 8259): UTF-8 only, one value, nothing accepted beyond the grammar.
///
/// Time is linear in the size of the text and no input can make it trap. Memory peaks at up to 30 times the size of
/// the text (`[[0],[0],…]`), so bound the text before parsing it. Safe to use from any thread.
public struct JSONParser: Sendable {
    /// How deep arrays and objects may nest; a value that is neither has depth zero.
    public let maximumDepth: Int

    /// The deepest limit that can be asked for: reading, comparing and freeing a value recurse, and a thread's
    /// stack must hold it.
    public static let depthCeiling = 512

    /// A parser that accepts up to `maximumDepth` (0 … `depthCeiling`) levels of nesting.
    public init(maximumDepth: Int = 128) {
        precondition((0...Self.depthCeiling).contains(maximumDepth), "depth limit out of range")
        self.maximumDepth = maximumDepth
    }

    /// The value of a text. The bytes must not change meanwhile.
    public func parse(_ bytes: UnsafeRawBufferPointer) throws(JSONParseError) -> JSONValue {
        var reader = JSONReader(bytes, maximumDepth: maximumDepth)
        return try reader.readDocument()
    }

    /// The value of a text.
    public func parse(_ bytes: RawSpan) throws(JSONParseError) -> JSONValue {
        try bytes.withUnsafeBytes { (buffer) throws(JSONParseError) in try parse(buffer) }
    }

    /// The value of a text.
    public func parse(_ bytes: [UInt8]) throws(JSONParseError) -> JSONValue {
        try parse(bytes.span.bytes)
    }

    /// The value of a text.
    public func parse(_ bytes: ArraySlice<UInt8>) throws(JSONParseError) -> JSONValue {
        try parse(bytes.span.bytes)
    }

    /// The value of a text.
    public func parse(_ text: String) throws(JSONParseError) -> JSONValue {
        try parse(text.utf8Span.span.bytes)
    }
}
