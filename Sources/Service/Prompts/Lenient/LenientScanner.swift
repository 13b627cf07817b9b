/// Reads the tokens of JSON as models write it, from the bytes of a text: right UTF-8, which is not checked again.
/// Never fails on them: what it cannot read it leaves to the caller. Every method moves forward or looks ahead over
/// blanks only, so a scan takes linear time.
struct LenientScanner {
    let bytes: [UInt8]
    var position: Int

    init(_ bytes: [UInt8], at position: Int = 0) {
        self.bytes = bytes
        self.position = position
    }

    var isAtEnd: Bool { position >= bytes.count }

    /// The byte at `index`, or 0 past the end, which no token has.
    func byte(_ index: Int) -> UInt8 {
        index < bytes.count ? bytes[index] : 0
    }

    func has(_ text: StaticString, at index: Int) -> Bool {
        guard index + text.utf8CodeUnitCount <= bytes.count else { return false }
        for offset in 0..<text.utf8CodeUnitCount where bytes[index + offset] != text.utf8Start[offset] {
            return false
        }
        return true
    }

    /// Skips white space and comments (`// …`, `/* … */`, `# …`), which models put between rows.
    mutating func skipBlanks() {
        while true {
            position = endOfWhitespace(from: position)
            if has("//", at: position) || byte(position) == Byte.hash {
                skipLine()
            } else if has("/*", at: position) {
                skipComment()
            } else {
                return
            }
        }
    }

    private mutating func skipLine() {
        while !isAtEnd, bytes[position] != Byte.newline { position += 1 }
    }

    private mutating func skipComment() {
        position += 2
        while !isAtEnd, !has("*/", at: position) { position += 1 }
        position = min(position + 2, bytes.count)
    }

    /// Where white space ends: ASCII blanks, no-break and zero-width spaces, the byte order mark.
    func endOfWhitespace(from start: Int) -> Int {
        var index = start
        while index < bytes.count {
            switch bytes[index] {
            case Byte.space, Byte.newline, Byte.tab, Byte.carriageReturn:
                index += 1
            case 0xC2 where byte(index + 1) == 0xA0:
                index += 2
            case 0xE2 where isThreeByteBlank(at: index), 0xEF where has("\u{FEFF}", at: index):
                index += 3
            default:
                return index
            }
        }
        return index
    }

    private func isThreeByteBlank(at index: Int) -> Bool {
        has("\u{200B}", at: index) || has("\u{202F}", at: index) || has("\u{2009}", at: index)
    }

    /// `...` or `…` where a value belongs: the model left rows out.
    mutating func skipEllipsis() -> Bool {
        guard has("...", at: position) || has("…", at: position) else { return false }
        position += 3
        return true
    }
}
