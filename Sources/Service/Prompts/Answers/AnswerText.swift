/// The bytes of an answer, and what stands where in it.
struct AnswerText {
    let bytes: [UInt8]
    /// Where the answer proper starts: models that think aloud do so before it, in `<think>` tags.
    let start: Int
    /// The answer proper without blanks at either end.
    private let content: Range<Int>

    init(_ text: String) {
        bytes = Array(text.utf8)
        start = Self.endOfThoughts(bytes)
        let first = LenientScanner(bytes).endOfWhitespace(from: start)
        let last = bytes[first...].lastIndex { $0 != Byte.newline && !Self.isBlank($0) }
        content = first..<(last.map { $0 + 1 } ?? first)
    }

    /// The code blocks, looked for each time.
    var fences: [CodeFence] { CodeFence.all(in: bytes, from: start) }

    /// The answer in words: without the marks of a code block that is all there is.
    var unfenced: String {
        let text = text(start..<bytes.count)
        let fences = fences
        guard let fence = fences.first, fences.count == 1, text.hasPrefix("```") || text.hasPrefix("~~~") else {
            return text
        }
        let rest = self.text(fence.content.upperBound..<bytes.count).utf8
        return rest.allSatisfy { $0 == Byte.backtick || $0 == UInt8(ascii: "~") } ? self.text(fence.content) : text
    }

    /// The lines of the answer proper, each without spaces around it; a tab there separates fields.
    var lines: [String] { lines(in: start..<bytes.count) }

    /// The same of a part.
    func lines(in range: Range<Int>) -> [String] {
        bytes[range].split(separator: Byte.newline, omittingEmptySubsequences: false).map { line in
            let isContent = { (byte: UInt8) in byte != Byte.space && byte != Byte.carriageReturn }
            guard let first = line.firstIndex(where: isContent), let last = line.lastIndex(where: isContent) else {
                return ""
            }
            return String(decoding: line[first...last], as: UTF8.self)
        }
    }

    /// A part without blanks around it.
    private func text(_ range: Range<Int>) -> String {
        String(decoding: bytes[range], as: UTF8.self).trimmingBlanks()
    }

    /// Whether there is nothing but blanks before `index`.
    func isFirst(_ index: Int) -> Bool {
        index <= content.lowerBound
    }

    /// Whether `range` has its lines to itself, but for a label with a colon before it: a bracket there is an answer
    /// and not a footnote.
    func standsAlone(_ range: Range<Int>) -> Bool {
        guard beginsLine(range.lowerBound) else { return false }
        var after = range.upperBound
        while after < bytes.count, Self.isBlank(bytes[after]) || isClosingMark(bytes[after]) { after += 1 }
        return after == bytes.count || bytes[after] == Byte.newline
    }

    /// Whether there is nothing but blanks around `range`.
    func isAll(_ range: Range<Int>) -> Bool {
        range == content
    }

    /// Whether only blanks stand between `index` and the start of its line or a colon.
    func beginsLine(_ index: Int) -> Bool {
        var before = index
        while before > start, Self.isBlank(bytes[before - 1]) { before -= 1 }
        return before == start || bytes[before - 1] == Byte.newline || bytes[before - 1] == Byte.colon
    }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == Byte.space || byte == Byte.tab || byte == Byte.carriageReturn || byte == Byte.backtick
            || byte == UInt8(ascii: "*")
    }

    private func isClosingMark(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ".") || byte == UInt8(ascii: ";") || byte == Byte.comma
    }

    private static func endOfThoughts(_ bytes: [UInt8]) -> Int {
        let scanner = LenientScanner(bytes)
        let first = scanner.endOfWhitespace(from: 0)
        guard scanner.has("<think>", at: first) else { return 0 }
        var index = first
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "<"), scanner.has("</think>", at: index) { return index + 8 }
            index += 1
        }
        return bytes.count
    }
}
