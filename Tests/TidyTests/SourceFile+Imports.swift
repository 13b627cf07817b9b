extension SourceFile {
    private static let kinds: Set<Substring> = [
        "struct", "class", "enum", "protocol", "actor", "func", "var", "let", "typealias",
    ]
    private static let prefixes: Set<Substring> = [
        "public", "package", "internal", "fileprivate", "private", "testable", "preconcurrency", "_exported",
    ]

    /// The modules it imports, with their lines from 1.
    var imports: [(line: Int, module: String)] {
        lines.enumerated().compactMap { index, line in
            let words = line.code.words.drop { Self.prefixes.contains($0) }
            guard words.first == "import" else { return nil }
            return words.dropFirst().drop { Self.kinds.contains($0) }.first.map { (index + 1, String($0)) }
        }
    }
}
