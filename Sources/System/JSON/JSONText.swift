/// One value as compact JSON text, for what is handed on as it is and not looked into.
public struct JSONText: Sendable, JSONWritable {
    /// UTF-8 without white space between the tokens.
    public let bytes: [UInt8]

    /// The text of a value.
    public init(_ value: JSONValue) {
        bytes = value.serialized()
    }

    /// What a source that writes right JSON has written, such as a `jsonb` column of PostgreSQL, without its white
    /// space. It is not checked.
    public init(compacting text: borrowing Span<UInt8>) {
        var compact: [UInt8] = []
        compact.reserveCapacity(text.count)
        text.withUnsafeBytes { text in
            var position = 0
            while position < text.count {
                let byte = text[position]
                position += 1
                if byte == UInt8(ascii: "\"") {
                    let end = Self.endOfString(text, from: position)
                    compact.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[position - 1..<end]))
                    position = end
                } else if byte > 0x20 {
                    compact.append(byte)
                }
            }
        }
        bytes = compact
    }

    /// The value. Throws what `JSONParser` throws when the text is no JSON after all.
    public func value() throws(JSONParseError) -> JSONValue {
        try JSONParser().parse(bytes)
    }

    /// Appends the text.
    public func write(to writer: inout JSONWriter) {
        writer.bytes.append(contentsOf: bytes)
    }

    /// Behind the closing quote of the string whose opening one is before `start`.
    private static func endOfString(_ text: UnsafeRawBufferPointer, from start: Int) -> Int {
        var position = start
        while true {
            position = JSONRun(in: text, from: position).end
            guard position < text.count else { return position }
            if text[position] == UInt8(ascii: "\"") { return position + 1 }
            position = min(position + (text[position] == UInt8(ascii: "\\") ? 2 : 1), text.count)
        }
    }
}

extension JSONText: Equatable {
    /// Whether both say the same, however they write it: `1.0` and `1` are different, `"\u0041"` and `"A"` are not.
    public static func == (left: JSONText, right: JSONText) -> Bool {
        if left.bytes == right.bytes { return true }
        do throws(JSONParseError) {
            return try left.value() == right.value()
        } catch {
            return false
        }
    }
}

extension JSONText: ExpressibleByArrayLiteral {
    /// The text of an array.
    public init(arrayLiteral elements: JSONValue...) {
        self.init(.array(elements))
    }
}
