extension Rule {
    private static let typeKeywords: Set<Substring> = ["struct", "class", "enum", "actor", "protocol", "typealias"]
    private static let emptyWords: Set<String> = [
        "Manager", "Helper", "Helpers", "Util", "Utils", "Utility", "Utilities", "Common", "Base", "Impl",
    ]

    /// A name that could stand on anything says nothing.
    static let namesSayWhat = Rule(.everything) { file in
        let message = "says nothing: Manager, Helper, Utils, Common, Base, Impl"
        let ownName = file.name.camelParts.contains { emptyWords.contains($0) }
        let types = file.findings("this type's name \(message)") { _, line in
            names(after: typeKeywords, in: line).contains { name in
                String(name).camelParts.contains { emptyWords.contains($0) }
            }
        }
        return (ownName ? [Finding(path: file.path, line: 1, message: "the file's name \(message)")] : []) + types
    }

    /// `Name.swift` declares `Name`; `Name+Aspect.swift` extends it. A file without code is not judged.
    static let fileIsNamedAfterContent = Rule(.sources) { file in
        let expected = file.name.split(separator: "+")[0]
        let declared = file.lines.flatMap { names(after: typeKeywords.union(["extension", "func"]), in: $0) }
        let isDeclared = declared.contains { name in
            name == expected || name.capitalisedFirst == expected
        }
        guard file.hasCode, !isDeclared else { return [] }
        let message = "declares no type, extension or function named `\(expected)`"
        return [Finding(path: file.path, line: 1, message: message)]
    }

    private static func names(after keywords: Set<Substring>, in line: SourceLine) -> [Substring] {
        let words = line.code.words
        return zip(words, words.dropFirst()).filter { keywords.contains($0.0) }.map(\.1)
    }
}

extension Substring {
    fileprivate var capitalisedFirst: String { prefix(1).uppercased() + dropFirst() }
}
