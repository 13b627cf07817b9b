import Foundation

/// The package's own Swift files.
struct SourceTree {
    let root: URL
    let files: [SourceFile]

    /// Read once for all rules.
    static let package = Result { try SourceTree(root: packageRoot) }

    private static var packageRoot: URL {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    }

    init(root: URL) throws {
        self.root = root
        files = try ["Sources", "Benchmarks", "Fuzz", "Tests"].flatMap { folder in
            try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
                .filter { $0.hasSuffix(".swift") }
                .sorted()
                .map { "\(folder)/\($0)" }
                .map { path in
                    SourceFile(path: path, text: try String(contentsOf: root.appending(path: path), encoding: .utf8))
                }
        }
    }
}
