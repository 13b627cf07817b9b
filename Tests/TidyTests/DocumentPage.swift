import Foundation

/// A page of Markdown, taken apart as far as the tests need it.
struct DocumentPage {
    struct CodeBlock: Equatable {
        let language: String
        let lines: [String]
    }

    /// From the package's root, with slashes.
    let path: String
    let codeBlocks: [CodeBlock]
    /// The lines outside code blocks.
    let prose: [String]

    init(path: String, text: String) {
        self.path = path
        var blocks: [CodeBlock] = []
        var prose: [String] = []
        var open: (language: String, lines: [String])?
        for line in text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) {
            if let block = open, line == "```" {
                blocks.append(CodeBlock(language: block.language, lines: block.lines))
                open = nil
            } else if open != nil {
                open?.lines.append(line)
            } else if line.hasPrefix("```") {
                open = (String(line.dropFirst(3)), [])
            } else {
                prose.append(line)
            }
        }
        codeBlocks = blocks
        self.prose = prose
    }

    var headings: [String] { prose.filter { $0.hasPrefix("#") } }

    /// The cells of each row of each table, its rule excepted.
    var tableRows: [[String]] {
        prose.filter { $0.hasPrefix("| ") }.map { line in
            line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
        }
    }

    /// What stands between backticks.
    var quotedWords: [String] { prose.flatMap(Self.quotedWords) }

    var links: [DocumentLink] {
        // A link may break over two lines; code spans hold none.
        prose.joined(separator: " ").split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .map { $0.offset.isMultiple(of: 2) ? $0.element : "code" }
            .joined()
            .matches(of: /\]\(([^)\s]+)\)/)
            .map { DocumentLink(text: String($0.output.1)) }
    }

    static func quotedWords(in line: String) -> [String] {
        line.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .filter { !$0.offset.isMultiple(of: 2) }
            .map { String($0.element) }
    }

    /// A path from the root, for one that is relative to this page.
    func resolve(_ relative: String) -> String {
        guard !relative.isEmpty else { return path }
        var steps = path.split(separator: "/").dropLast().map(String.init)
        for step in relative.split(separator: "/") {
            if step == ".." { _ = steps.popLast() } else if step != "." { steps.append(String(step)) }
        }
        return steps.joined(separator: "/")
    }

    /// The anchor that a heading gets: small letters, digits, hyphens for blanks.
    static func anchor(_ heading: String) -> String {
        let title = heading.drop { $0 == "#" || $0 == " " }.lowercased()
        return String(title.filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" || $0 == "_" })
            .replacing(" ", with: "-")
    }
}
