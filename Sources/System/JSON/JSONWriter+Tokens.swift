extension JSONWriter {
    /// Appends a word of the grammar.
    @inline(__always)
    mutating func append(token: StaticString) {
        bytes.append(contentsOf: UnsafeBufferPointer(start: token.utf8Start, count: token.utf8CodeUnitCount))
    }

    /// Appends text that needs no quoting.
    mutating func append(verbatim text: String) {
        bytes.append(contentsOf: text.utf8)
    }

    mutating func append(double: Double) {
        guard double.isFinite else { return null() }
        append(verbatim: double.description)
    }

    mutating func append(integer: Int) {
        // 19 digits and a sign.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var start = digits.count
            var rest = integer.magnitude
            repeat {
                start -= 1
                digits[start] = UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            } while rest > 0
            if integer < 0 {
                start -= 1
                digits[start] = UInt8(ascii: "-")
            }
            bytes.append(contentsOf: UnsafeMutableBufferPointer(rebasing: digits[start...]))
        }
    }

    /// Appends a string in quotes with the escapes that RFC 8259, section 7, asks for.
    mutating func append(string: String) {
        bytes.append(UInt8(ascii: "\""))
        string.utf8Span.span.withUnsafeBytes { appendEscaped($0) }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func appendEscaped(_ text: UnsafeRawBufferPointer) {
        var position = 0
        while true {
            let end = JSONRun(in: text, from: position).end
            bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[position..<end]))
            guard end < text.count else { return }
            append(escaped: text[end])
            position = end + 1
        }
    }

    private mutating func append(escaped byte: UInt8) {
        let letter: UInt8
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): letter = byte
        case 0x08: letter = UInt8(ascii: "b")
        case 0x09: letter = UInt8(ascii: "t")
        case 0x0A: letter = UInt8(ascii: "n")
        case 0x0C: letter = UInt8(ascii: "f")
        case 0x0D: letter = UInt8(ascii: "r")
        default:
            append(token: byte < 0x10 ? "\\u000" : "\\u001")
            let digit = byte & 0x0F
            bytes.append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") + digit - 10)
            return
        }
        bytes.append(UInt8(ascii: "\\"))
        bytes.append(letter)
    }
}
