import Foundation

/// The package's pages, and what they may name.
struct DocumentTree {
    let pages: [DocumentPage]
    /// All source files, from the package's root.
    let files: [String]

    /// Read once for all tests.
    static let package = Result { try DocumentTree(source: SourceTree.package.get()) }

    private init(source: SourceTree) throws {
        files = source.files.map(\.path)
        let manager = FileManager.default
        let top = try manager.contentsOfDirectory(atPath: source.root.path)
        let inner = try manager.subpathsOfDirectory(atPath: source.root.appending(path: "docs").path)
        pages = try (top + inner.map { "docs/\($0)" }).filter { $0.hasSuffix(".md") }.sorted().map { path in
            DocumentPage(path: path, text: try String(contentsOf: source.root.appending(path: path), encoding: .utf8))
        }
    }

    static func exists(_ path: String) throws -> Bool {
        let root = try SourceTree.package.get().root
        return FileManager.default.fileExists(atPath: root.appending(path: path).path)
    }

    /// Whether a word of a page can only be a path of this package: a known place at the top, or below one.
    static func looksLikePath(_ word: String) -> Bool {
        let top = [
            "Sources", "Benchmarks", "Fuzz", "Tests", "docs", "migrations", "resources", "scripts", ".ci",
            "Package.swift",
        ]
        return top.contains { word == $0 || word.hasPrefix($0 + "/") }
    }
}
