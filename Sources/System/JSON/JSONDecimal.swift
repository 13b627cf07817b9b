/// A JSON number that is not an `Int`, kept as the text it was written in, so that `0.10`, `1e2` and
/// `12345678901234567890` go out exactly as they came in.
///
/// Only the text is stored: the double is computed when asked for, which costs about 50 ns, and texts of up to
/// 15 bytes need no allocation.
public struct JSONDecimal: Sendable, Hashable {
    /// The number in the grammar of RFC 8259, section 6.
    public let text: String

    /// Takes text that the parser has checked.
    init(unchecked text: String) {
        self.text = text
    }

    /// The double in its shortest form that reads back as the same double; nil for NaN and infinities.
    public init?(_ double: Double) {
        guard double.isFinite else { return nil }
        text = double.description
    }

    /// A number by its text; nil if that is not a JSON number. White space around it is not accepted.
    public init?(text: String) {
        var copy = text
        let isNumber = copy.withUTF8 { utf8 in
            var reader = JSONReader(UnsafeRawBufferPointer(utf8), maximumDepth: 0)
            return reader.isWholeNumberToken()
        }
        guard isNumber else { return nil }
        self.text = text
    }

    /// The nearest double; infinite if the number is beyond the range of `Double`.
    public var doubleValue: Double {
        // The JSON grammar is a part of what `Double` reads, so there is always a value.
        Double(text) ?? .nan
    }
}

extension JSONDecimal: CustomStringConvertible {
    /// The number as written.
    public var description: String { text }
}
