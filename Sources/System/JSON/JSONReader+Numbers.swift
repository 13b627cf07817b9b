extension JSONReader {
    /// Reads a number from its first byte, a minus sign or a digit (RFC 8259, section 6).
    mutating func readNumber() throws(JSONParseError) -> JSONValue {
        let start = position
        let isNegative = bytes[position] == UInt8(ascii: "-")
        if isNegative { position += 1 }
        let digits = position
        let magnitude = try readIntegerPart()
        let isDecimal = try skipFractionAndExponent()
        // Up to 19 digits cannot overflow the magnitude; minus zero would lose its sign as an integer.
        if !isDecimal, position - digits <= 19, let integer = Self.integer(magnitude, isNegative: isNegative) {
            return .integer(integer)
        }
        let text = makeString(UnsafeRawBufferPointer(rebasing: bytes[start..<position]), isASCII: true)
        return .decimal(JSONDecimal(unchecked: text))
    }

    /// Whether the bytes are one number and nothing else.
    mutating func isWholeNumberToken() -> Bool {
        guard let first = bytes.first, first == UInt8(ascii: "-") || Self.isDigit(first) else { return false }
        do throws(JSONParseError) {
            _ = try readNumber()
            return position == count
        } catch {
            return false
        }
    }

    /// Reads digits without a leading zero and returns their value modulo 2^64.
    private mutating func readIntegerPart() throws(JSONParseError) -> UInt64 {
        let start = position
        var magnitude: UInt64 = 0
        while position < count, Self.isDigit(bytes[position]) {
            magnitude = magnitude &* 10 &+ UInt64(bytes[position] & 0x0F)
            position += 1
        }
        guard position > start else { throw failure(position < count ? .invalidNumber : .unexpectedEnd) }
        guard position == start + 1 || bytes[start] != UInt8(ascii: "0") else {
            throw failure(.invalidNumber, at: start + 1)
        }
        return magnitude
    }

    private mutating func skipFractionAndExponent() throws(JSONParseError) -> Bool {
        var isDecimal = false
        if position < count, bytes[position] == UInt8(ascii: ".") {
            isDecimal = true
            position += 1
            try skipDigits()
        }
        if position < count, bytes[position] | 0x20 == UInt8(ascii: "e") {
            isDecimal = true
            position += 1
            if position < count, bytes[position] == UInt8(ascii: "+") || bytes[position] == UInt8(ascii: "-") {
                position += 1
            }
            try skipDigits()
        }
        return isDecimal
    }

    /// Steps over at least one digit.
    private mutating func skipDigits() throws(JSONParseError) {
        let start = position
        while position < count, Self.isDigit(bytes[position]) { position += 1 }
        guard position > start else { throw failure(position < count ? .invalidNumber : .unexpectedEnd) }
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
    }

    private static func integer(_ magnitude: UInt64, isNegative: Bool) -> Int? {
        guard isNegative else { return Int(exactly: magnitude) }
        guard magnitude > 0, magnitude <= Int.min.magnitude else { return nil }
        return Int(truncatingIfNeeded: 0 &- magnitude)
    }
}
