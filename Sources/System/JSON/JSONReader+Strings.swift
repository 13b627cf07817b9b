extension JSONReader {
    /// Reads a string from its opening quote to past its closing one.
    mutating func readString() throws(JSONParseError) -> String {
        let start = position + 1
        let run = JSONRun(in: bytes, from: start)
        guard run.end < count else { throw failure(.unexpectedEnd, at: count) }
        guard bytes[run.end] == UInt8(ascii: "\"") else {
            position = start
            return try readEscapedString()
        }
        position = run.end + 1
        return makeString(UnsafeRawBufferPointer(rebasing: bytes[start..<run.end]), isASCII: run.isASCII)
    }

    /// Makes a string of bytes that are known to be UTF-8.
    func makeString(_ slice: UnsafeRawBufferPointer, isASCII: Bool) -> String {
        let units = slice.assumingMemoryBound(to: UInt8.self)
        return String(copying: UTF8Span(unchecked: units.span, isKnownASCII: isASCII))
    }

    /// Reads a string with escapes, or a faulty one, from after its opening quote.
    private mutating func readEscapedString() throws(JSONParseError) -> String {
        unescaped.removeAll(keepingCapacity: true)
        while true {
            let end = JSONRun(in: bytes, from: position).end
            unescaped.append(contentsOf: bytes[position..<end])
            position = end
            guard position < count else { throw failure(.unexpectedEnd) }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                position += 1
                return unescaped.withUnsafeBytes { makeString($0, isASCII: false) }
            case UInt8(ascii: "\\"):
                try readEscape()
            default:
                throw failure(.controlCharacterInString)
            }
        }
    }

    /// Reads an escape from its backslash on.
    private mutating func readEscape() throws(JSONParseError) {
        guard position + 1 < count else { throw failure(.unexpectedEnd, at: count) }
        if bytes[position + 1] == UInt8(ascii: "u") { return try readUnicodeEscape() }
        guard let byte = Self.escapedByte(bytes[position + 1]) else { throw failure(.invalidEscape) }
        unescaped.append(byte)
        position += 2
    }

    /// What a backslash and this letter stand for; nil for `u`, and for letters that nothing stands for.
    static func escapedByte(_ letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }

    /// Reads `\uXXXX`, or two of them that are a surrogate pair (RFC 8259, section 7).
    private mutating func readUnicodeEscape() throws(JSONParseError) {
        let start = position
        let first = try readHexadecimalUnit()
        if let scalar = Unicode.Scalar(first) {
            unescaped.append(contentsOf: scalar.utf8)
            return
        }
        guard first < 0xDC00 else { throw failure(.loneSurrogate, at: start) }
        guard position < count else { throw failure(.unexpectedEnd) }
        guard bytes[position] == UInt8(ascii: "\\") else { throw failure(.loneSurrogate, at: start) }
        guard position + 1 < count else { throw failure(.unexpectedEnd, at: count) }
        guard bytes[position + 1] == UInt8(ascii: "u") else { throw failure(.loneSurrogate, at: start) }
        let second = try readHexadecimalUnit()
        let bits = 0x10000 + (UInt32(first & 0x3FF) << 10) + UInt32(second & 0x3FF)
        guard second & 0xFC00 == 0xDC00, let scalar = Unicode.Scalar(bits) else {
            throw failure(.loneSurrogate, at: start)
        }
        unescaped.append(contentsOf: scalar.utf8)
    }

    /// Reads `\u` and its four digits; the caller has seen both letters.
    private mutating func readHexadecimalUnit() throws(JSONParseError) -> UInt16 {
        var unit: UInt16 = 0
        for index in position + 2..<position + 6 {
            guard index < count else { throw failure(.unexpectedEnd, at: count) }
            guard let digit = Self.hexadecimalDigit(bytes[index]) else { throw failure(.invalidUnicodeEscape) }
            unit = unit << 4 | digit
        }
        position += 6
        return unit
    }

    private static func hexadecimalDigit(_ byte: UInt8) -> UInt16? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt16(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt16(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt16(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
