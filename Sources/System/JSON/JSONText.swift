/// One value as compact JSON text, for what is handed on as it is and not looked into, or only now and then: a table as
/// text takes a fifth of the memory that its values take.
public struct JSONText: Sendable, JSONWritable {
    /// UTF-8 without white space between the tokens.
    public let bytes: [UInt8]

    /// The text of a value.
    public init(_ value: JSONValue) {
        bytes = value.serialized().withoutSpareRoom()
    }

    /// What a source that writes right JSON has written, such as a `jsonb` column of PostgreSQL, without its white
    /// space. It is not checked.
    public init(compacting text: borrowing Span<UInt8>) {
        bytes = Self.compact(text).bytes
    }

    /// The same; nil when it nests deeper than `JSONParser` reads.
    public init?(readable text: borrowing Span<UInt8>) {
        let (compact, depth) = Self.compact(text)
        guard depth <= JSONParser().maximumDepth else { return nil }
        bytes = compact
    }

    private static func compact(_ text: borrowing Span<UInt8>) -> (bytes: [UInt8], depth: Int) {
        var compact: [UInt8] = []
        var (depth, deepest) = (0, 0)
        compact.reserveCapacity(text.count)
        text.withUnsafeBytes { text in
            var position = 0
            while position < text.count {
                let byte = text[position]
                position += 1
                if byte == UInt8(ascii: "\"") {
                    let end = endOfString(text, from: position)
                    compact.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[position - 1..<end]))
                    position = end
                } else if byte > 0x20 {
                    compact.append(byte)
                    switch byte {
                    case UInt8(ascii: "["), UInt8(ascii: "{"):
                        depth += 1
                        deepest = max(deepest, depth)
                    case UInt8(ascii: "]"), UInt8(ascii: "}"): depth -= 1
                    default: break
                    }
                }
            }
        }
        return (compact.withoutSpareRoom(), deepest)
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

extension JSONText: CustomStringConvertible {
    /// The text.
    public var description: String { String(decoding: bytes, as: UTF8.self) }
}

extension [UInt8] {
    /// The same bytes; where room for half as many again, and for more than a page, would stay unused, in an array of
    /// their size.
    fileprivate consuming func withoutSpareRoom() -> [UInt8] {
        capacity - count > Swift.max(4096, count / 4)
            ? Array(unsafeUninitializedCapacity: count) { room, filled in
                filled = room.update(fromContentsOf: self)
            } : self
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
