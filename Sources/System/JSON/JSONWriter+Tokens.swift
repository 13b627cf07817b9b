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
        string.utf8Span.span.withUnsafeBytes { append(escaping: $0) }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func append(escaping text: UnsafeRawBufferPointer) {
        let start = JSONRun(in: text, from: 0).end
        bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: text[..<start]))
        guard start < text.count else { return }
        var rest = JSONEscaping(text, from: start)
        withUnsafeTemporaryAllocation(byteCount: JSONEscaping.pieceBytes, alignment: 8) { room in
            while !rest.isDone {
                let count = rest.fill(room)
                bytes.append(contentsOf: UnsafeRawBufferPointer(rebasing: room[..<count]))
            }
        }
    }
}
