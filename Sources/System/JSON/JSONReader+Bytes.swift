extension JSONReader {
    @inline(__always)
    mutating func skipWhitespace() {
        while position < count {
            switch bytes[position] {
            case 0x20, 0x0A, 0x0D, 0x09: position += 1
            default: return
            }
        }
    }

    /// Steps over white space and then over `byte`, if it is there.
    @inline(__always)
    mutating func skip(_ byte: UInt8) -> Bool {
        skipWhitespace()
        guard position < count, bytes[position] == byte else { return false }
        position += 1
        return true
    }

    /// Steps over white space and `byte`, which must be there.
    @inline(__always)
    mutating func expect(_ byte: UInt8, _ reason: JSONParseError.Reason) throws(JSONParseError) {
        guard skip(byte) else { throw failure(position < count ? reason : .unexpectedEnd) }
    }

    func failure(_ reason: JSONParseError.Reason) -> JSONParseError {
        failure(reason, at: position)
    }

    @inline(never)
    func failure(_ reason: JSONParseError.Reason, at offset: Int) -> JSONParseError {
        var line = 1
        var column = 1
        for byte in bytes[..<offset] {
            if byte == 0x0A {
                line += 1
                column = 1
            } else if byte & 0xC0 != 0x80 {
                column += 1
            }
        }
        return JSONParseError(reason: reason, offset: offset, line: line, column: column)
    }
}
