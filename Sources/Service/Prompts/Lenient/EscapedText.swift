/// The inside of a string of JSON as models write it, while its escapes are resolved. No escape is shorter than what it
/// stands for, so a text takes no more room than it took with them.
struct EscapedText {
    private let source: UnsafeRawBufferPointer
    private let room: UnsafeMutableRawBufferPointer
    /// Of `source`, how much was read.
    private var position = 0
    /// Of `room`, how much was written; never more than was read.
    private var filled = 0

    private static let backslashes = UInt64(Byte.backslash) &* ByteScan.ones

    /// The text of a part of `bytes`, which must be right UTF-8 and begin and end between characters. Escapes that JSON
    /// does not know stay as they are.
    static func resolved(_ bytes: [UInt8], in range: Range<Int>) -> String {
        let text = [UInt8](unsafeUninitializedCapacity: range.count) { room, filled in
            bytes.withUnsafeBytes { bytes in
                var text = EscapedText(
                    source: UnsafeRawBufferPointer(rebasing: bytes[range]), room: UnsafeMutableRawBufferPointer(room))
                text.resolve()
                filled = text.filled
            }
        }
        // Right UTF-8 as well: only ASCII was removed from it, and whole characters were put in.
        return String(copying: UTF8Span(unchecked: text.span))
    }

    private mutating func resolve() {
        copyRun()
        while position < source.count {
            resolveEscape()
            copyRun()
        }
    }

    /// Copies up to the next backslash, eight bytes at a time: those behind it are written over.
    private mutating func copyRun() {
        var (read, written) = (position, filled)
        let lastWord = source.count - 8
        while read <= lastWord {
            let word = source.loadUnaligned(fromByteOffset: read, as: UInt64.self)
            room.storeBytes(of: word, toByteOffset: written, as: UInt64.self)
            let found = ByteScan.zeros(UInt64(littleEndian: word) ^ Self.backslashes)
            if found != 0 {
                position = read &+ found.trailingZeroBitCount / 8
                filled = written &+ found.trailingZeroBitCount / 8
                return
            }
            read &+= 8
            written &+= 8
        }
        while read < source.count, source[read] != Byte.backslash {
            room[written] = source[read]
            read &+= 1
            written &+= 1
        }
        (position, filled) = (read, written)
    }

    private mutating func append(_ byte: UInt8) {
        room[filled] = byte
        filled += 1
    }

    /// Resolves the escape here. A backslash at the end stands for nothing.
    private mutating func resolveEscape() {
        let escaped = position + 1 < source.count ? source[position + 1] : 0
        position = min(position + 2, source.count)
        switch escaped {
        case UInt8(ascii: "n"): append(Byte.newline)
        case UInt8(ascii: "t"): append(Byte.tab)
        case UInt8(ascii: "r"): append(Byte.carriageReturn)
        case UInt8(ascii: "b"): append(0x08)
        case UInt8(ascii: "f"): append(0x0C)
        case UInt8(ascii: "u"): resolveUnicodeEscape()
        case 0: break
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...:
            // Not an escape of JSON: a Windows path or a formula that was not escaped.
            append(Byte.backslash)
            append(escaped)
        default: append(escaped)
        }
    }

    /// One UTF-16 unit, or two that belong together; U+FFFD stands for half a pair.
    private mutating func resolveUnicodeEscape() {
        guard let unit = hexUnit(at: position) else {
            append(Byte.backslash)
            append(UInt8(ascii: "u"))
            return
        }
        position += 4
        var scalar = Unicode.Scalar(unit) ?? "\u{FFFD}"
        if UTF16.isLeadSurrogate(unit), position + 2 <= source.count, source[position] == Byte.backslash,
            source[position + 1] == UInt8(ascii: "u"), let trail = hexUnit(at: position + 2),
            UTF16.isTrailSurrogate(trail)
        {
            position += 6
            scalar = UTF16.decode(UTF16.EncodedScalar([unit, trail]))
        }
        for byte in String(scalar).utf8 { append(byte) }
    }

    private func hexUnit(at index: Int) -> UInt16? {
        guard index + 4 <= source.count else { return nil }
        var unit: UInt16 = 0
        for byte in source[index..<index + 4] {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "a")...UInt8(ascii: "f"):
                digit = (byte | 0x20) - UInt8(ascii: "a") + 10
            default: return nil
            }
            unit = unit << 4 | UInt16(digit)
        }
        return unit
    }
}
