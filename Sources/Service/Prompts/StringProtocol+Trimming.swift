extension StringProtocol where UTF8View: BidirectionalCollection {
    /// The text without blanks and line ends at either side.
    func trimmingBlanks() -> String {
        if hasPlainEnds { return String(self) }
        guard let first = firstIndex(where: { !$0.isWhitespace }) else { return "" }
        let last = lastIndex { !$0.isWhitespace } ?? first
        return String(self[first...last])
    }

    /// Whether the text begins and ends with a visible ASCII character or a Cyrillic letter, as most do: then there is
    /// nothing to trim, which its bytes tell without asking Unicode about them.
    private var hasPlainEnds: Bool {
        let bytes = utf8
        guard let first = bytes.first, Self.isVisible(first) || Self.beginsCyrillic(first) else { return false }
        let last = bytes.index(before: bytes.endIndex)
        if Self.isVisible(bytes[last]) { return true }
        return last > bytes.startIndex && Self.beginsCyrillic(bytes[bytes.index(before: last)])
    }

    private static func isVisible(_ byte: UInt8) -> Bool { byte > 0x20 && byte < 0x7F }

    /// The letters from U+0400 to U+047F, none of which joins the character before it.
    private static func beginsCyrillic(_ byte: UInt8) -> Bool { byte == 0xD0 || byte == 0xD1 }
}
