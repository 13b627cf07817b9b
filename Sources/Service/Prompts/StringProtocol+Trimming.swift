extension StringProtocol {
    /// The text without blanks and line ends at either side.
    func trimmingBlanks() -> String {
        guard let first = firstIndex(where: { !$0.isWhitespace }) else { return "" }
        let last = lastIndex { !$0.isWhitespace } ?? first
        return String(self[first...last])
    }
}
