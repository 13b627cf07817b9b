/// A Swift file of this package.
struct SourceFile {
    /// From the package's root, with slashes: `Sources/System/HTTP/Head.swift`.
    let path: String
    let lines: [SourceLine]

    init(path: String, text: String) {
        self.path = path
        lines = SourceScanner.lines(of: text)
    }

    /// The file's name without folders and `.swift`.
    var name: String {
        let file = path.split(separator: "/").last ?? ""
        return String(file.hasSuffix(".swift") ? file.dropLast(6) : file)
    }

    /// Whether there is anything but comments and blanks.
    var hasCode: Bool { lines.contains { !$0.code.allSatisfy(\.isWhitespace) } }

    /// Whether it only tries the program: tests and fuzz targets.
    var isTest: Bool { path.hasPrefix("Tests/") || path.hasPrefix("Fuzz/") }

    /// The module a file belongs to: the folder below its ring, `App` for the wiring.
    var module: String {
        let folders = path.split(separator: "/").dropLast()
        guard folders.first == "Sources" else { return folders.dropFirst().first.map(String.init) ?? "" }
        return folders.dropFirst(folders.dropFirst().first == "App" ? 1 : 2).first.map(String.init) ?? ""
    }

    /// A finding at each line that `isBad`, with the line's index.
    func findings(_ message: String, where isBad: (Int, SourceLine) -> Bool) -> [Finding] {
        lines.enumerated().filter { isBad($0.offset, $0.element) }.map {
            Finding(path: path, line: $0.offset + 1, message: message)
        }
    }
}
