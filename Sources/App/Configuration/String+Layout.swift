extension String {
    /// The text without spaces, tabs and line ends around it.
    var trimmed: String {
        let start = drop { $0.isWhitespace }
        guard let last = start.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(start[...last])
    }

    /// The text with a question mark for each control character, so that it stays on its line and moves no cursor.
    var printable: String {
        unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : String($0) }.joined()
    }

    /// The text with spaces after it, for a column of at least `width` characters.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - count))
    }
}
