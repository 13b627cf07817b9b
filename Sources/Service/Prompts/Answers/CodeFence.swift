/// A Markdown code block in an answer. Models also write it inside one line, and cut answers leave it open.
struct CodeFence {
    /// The word after the opening marks, lowercase; empty when there is none.
    let language: String
    /// The bytes between the marks.
    let content: Range<Int>

    /// Whether the block is meant as data, not as program text around data.
    var isData: Bool {
        ["", "json", "json5", "jsonc", "jsonl", "ndjson", "text", "txt", "plaintext"].contains(language)
    }

    private static let longestLanguage = 16

    /// All blocks of a text, in order.
    static func all(in bytes: [UInt8], from start: Int) -> [CodeFence] {
        var fences: [CodeFence] = []
        var index = start
        while let mark = nextMark(in: bytes, from: index) {
            let language = languageEnd(in: bytes, from: mark.upperBound)
            let close = nextMark(in: bytes, from: language)
            let word = String(decoding: bytes[mark.upperBound..<language], as: UTF8.self).lowercased()
            fences.append(CodeFence(language: word, content: language..<(close?.lowerBound ?? bytes.count)))
            index = close?.upperBound ?? bytes.count
        }
        return fences
    }

    /// Three or more backticks or tildes.
    private static func nextMark(in bytes: [UInt8], from start: Int) -> Range<Int>? {
        let scan = ByteScan(Byte.backtick, UInt8(ascii: "~"))
        var index = scan.first(in: bytes, from: start)
        while index < bytes.count {
            var end = index
            while end < bytes.count, bytes[end] == bytes[index] { end += 1 }
            if end - index >= 3 { return index..<end }
            index = scan.first(in: bytes, from: end)
        }
        return nil
    }

    /// A language is a short word that blanks or a bracket follow; anything else is content already.
    private static func languageEnd(in bytes: [UInt8], from start: Int) -> Int {
        var end = start
        while end < bytes.count, end - start < longestLanguage, isLanguage(bytes[end]) { end += 1 }
        guard end < bytes.count else { return end }
        switch bytes[end] {
        case Byte.space, Byte.tab, Byte.newline, Byte.carriageReturn, Byte.openBracket, Byte.openBrace: return end
        default: return start
        }
    }

    private static func isLanguage(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension [CodeFence] {
    /// The code block of these, which are in order, that `index` lies in.
    func block(at index: Int) -> CodeFence? {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if self[middle].content.upperBound <= index { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low].content.contains(index) ? self[low] : nil
    }
}
