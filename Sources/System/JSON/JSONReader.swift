/// One pass over one text: the structure of values. Strings and numbers are in their own files.
struct JSONReader: ~Copyable {
    // Safety: the caller keeps the bytes alive and unchanged for the reader's life. Release builds do not check
    // subscripts of unsafe buffers, so every access comes after a comparison with `count`.
    let bytes: UnsafeRawBufferPointer
    let count: Int
    var position = 0
    /// Collects the escaped string that is being read; kept for its capacity.
    var unescaped: [UInt8] = []
    private var remainingDepth: Int
    private var values = ScratchStack<JSONValue>()
    private var entries = ScratchStack<JSONObject.Entry>()

    init(_ bytes: UnsafeRawBufferPointer, maximumDepth: Int) {
        self.bytes = bytes
        count = bytes.count
        remainingDepth = maximumDepth
    }

    mutating func readDocument() throws(JSONParseError) -> JSONValue {
        if count >= 3, bytes[0] == 0xEF, bytes[1] == 0xBB, bytes[2] == 0xBF { throw failure(.byteOrderMark, at: 0) }
        try checkEncoding()
        let value = try readValue()
        skipWhitespace()
        guard position == count else { throw failure(.trailingContent) }
        return value
    }

    /// Strings are made from slices without further checks, relying on this one.
    private func checkEncoding() throws(JSONParseError) {
        let start = endOfShortCharacters()
        guard start < count else { return }
        do throws(UTF8.ValidationError) {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
            _ = try UTF8Span(validating: rest.assumingMemoryBound(to: UInt8.self).span)
        } catch {
            throw failure(.invalidUTF8, at: start + error.byteOffsets.lowerBound)
        }
    }

    /// Where the first character begins that has not one or two bytes, or is none. Most texts have no other ones, and
    /// looking at these costs a quarter of what the standard library's check does.
    private func endOfShortCharacters() -> Int {
        var index = 0
        while true {
            while index + 8 <= count, bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self) & Self.highs == 0 {
                index += 8
            }
            while index < count, bytes[index] < 0x80 { index += 1 }
            let start = index
            while index + 1 < count, 0xC2...0xDF ~= bytes[index], bytes[index + 1] & 0xC0 == 0x80 { index += 2 }
            if index == start { return index }
        }
    }

    private static let highs: UInt64 = 0x8080_8080_8080_8080

    private mutating func readValue() throws(JSONParseError) -> JSONValue {
        skipWhitespace()
        guard position < count else { throw failure(.unexpectedEnd) }
        switch bytes[position] {
        case UInt8(ascii: "\""): return .string(try readString())
        case UInt8(ascii: "{"): return .object(try readObject())
        case UInt8(ascii: "["): return .array(try readArray())
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return try readNumber()
        case UInt8(ascii: "t"): return try readLiteral("true", .bool(true))
        case UInt8(ascii: "f"): return try readLiteral("false", .bool(false))
        case UInt8(ascii: "n"): return try readLiteral("null", .null)
        default: throw failure(.expectedValue)
        }
    }

    private mutating func readLiteral(_ word: StaticString, _ value: JSONValue) throws(JSONParseError) -> JSONValue {
        for index in 0..<word.utf8CodeUnitCount {
            guard position + index < count else { throw failure(.unexpectedEnd, at: count) }
            guard bytes[position + index] == word.utf8Start[index] else { throw failure(.invalidLiteral) }
        }
        position += word.utf8CodeUnitCount
        return value
    }

    private mutating func readArray() throws(JSONParseError) -> [JSONValue] {
        try enter()
        defer { remainingDepth += 1 }
        let mark = values.count
        if skip(UInt8(ascii: "]")) { return [] }
        repeat {
            values.push(try readValue())
        } while skip(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"), .expectedCommaOrArrayEnd)
        return values.popArray(from: mark)
    }

    private mutating func readObject() throws(JSONParseError) -> JSONObject {
        try enter()
        defer { remainingDepth += 1 }
        let mark = entries.count
        if skip(UInt8(ascii: "}")) { return JSONObject() }
        repeat {
            let key = try readKey(orElse: entries.count == mark ? .expectedKeyOrObjectEnd : .expectedKey)
            try expect(UInt8(ascii: ":"), .expectedColon)
            entries.push(JSONObject.Entry(key: key, value: try readValue()))
        } while skip(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"), .expectedCommaOrObjectEnd)
        return JSONObject(entries: entries.popArray(from: mark))
    }

    private mutating func readKey(orElse reason: JSONParseError.Reason) throws(JSONParseError) -> String {
        skipWhitespace()
        guard position < count else { throw failure(.unexpectedEnd) }
        guard bytes[position] == UInt8(ascii: "\"") else { throw failure(reason) }
        return try readString()
    }

    /// Steps over an opening bracket.
    private mutating func enter() throws(JSONParseError) {
        guard remainingDepth > 0 else { throw failure(.tooDeep) }
        remainingDepth -= 1
        position += 1
    }
}
