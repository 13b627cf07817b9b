/// Where a function, initialiser, subscript or computed property stands, found by counting braces.
struct FunctionSpan: Equatable {
    /// The line of its keyword, from 1.
    let firstLine: Int
    /// From the keyword to the closing brace, both included.
    let lineCount: Int

    private static let keywords: Set<String> = ["func", "init", "deinit", "subscript", "var"]
    /// What may open the next line of a declaration that is not over yet.
    private static let continuations = ["{", "->", "where", "throws", "rethrows", "async", "("]

    /// Every span in `lines`, in order of their keywords.
    static func all(in lines: [SourceLine]) -> [FunctionSpan] {
        let text = lines.map(\.code).joined(separator: "\n").map { $0 }
        var spans: [FunctionSpan] = []
        var line = 1
        var position = 0
        while position < text.count {
            let word = word(at: position, in: text)
            let next = position + max(word.count, 1)
            if keywords.contains(word), position == 0 || text[position - 1] != "." {
                if let end = end(after: next, isProperty: word == "var", in: text) {
                    let breaks = text[position...end].count { $0 == "\n" }
                    spans.append(FunctionSpan(firstLine: line, lineCount: breaks + 1))
                }
            }
            if text[position] == "\n" { line += 1 }
            position = next
        }
        return spans
    }

    private static func word(at position: Int, in text: [Character]) -> String {
        String(text[position...].prefix(while: \.isNameCharacter))
    }

    /// The closing brace of the body that the declaration's head leads to, if it has a body.
    private static func end(after position: Int, isProperty: Bool, in text: [Character]) -> Int? {
        var depth = 0
        for index in position..<text.count {
            switch text[index] {
            case "(", "[": depth += 1
            case ")", "]": depth -= 1
            case "{" where depth == 0: return closingBrace(of: index, in: text)
            case "}" where depth == 0: return nil
            case "=" where depth == 0 && isProperty: return nil
            case "\n" where depth == 0 && !goesOn(after: index, in: text): return nil
            default: break
            }
            if depth < 0 { return nil }
        }
        return nil
    }

    private static func goesOn(after index: Int, in text: [Character]) -> Bool {
        let rest = text[(index + 1)...].drop(while: \.isWhitespace)
        return continuations.contains { rest.starts(with: $0) }
    }

    private static func closingBrace(of opening: Int, in text: [Character]) -> Int? {
        var depth = 0
        for index in opening..<text.count {
            if text[index] == "{" { depth += 1 }
            if text[index] == "}" { depth -= 1 }
            if depth == 0 { return index }
        }
        return nil
    }
}
