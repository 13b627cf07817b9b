import Foundation

/// What a process that has ended by itself wrote last beside its log: what the runtime says about a crash, down to the
/// frames of the thread that crashed.
struct LastWords: CustomStringConvertible {
    /// Lines, oldest first.
    private let lines: [Substring]

    private static let maximumLines = 25
    private static let maximumLineLength = 240
    private static let maximumBytes: UInt64 = 256 << 10

    /// Reads the end of the file that took its standard error.
    init(file: String) throws {
        let handle = try FileHandle(forReadingFrom: URL(filePath: file))
        defer { handle.closeFile() }
        let size = try handle.seekToEnd()
        try handle.seek(toOffset: size - min(size, Self.maximumBytes))
        self.init(of: String(decoding: try handle.readToEnd() ?? Data(), as: UTF8.self))
    }

    private init(of text: String) {
        // Records of the log are objects, one a line. That a C library's thread cannot be looked at is told of each.
        let words = text.split(separator: "\n").filter { !$0.hasPrefix("{") && !$0.hasPrefix("swift-runtime:") }
        let threads = words.firstIndex { $0.hasPrefix("Thread ") } ?? words.endIndex
        let crashed = words[threads...].drop { !$0.hasSuffix(" crashed:") }
        let frames = crashed.dropFirst().prefix(while: Self.isFrame)
        lines = (words[..<threads].suffix(Self.maximumLines) + crashed.prefix(1) + frames.prefix(Self.maximumLines))
            .map { $0.prefix(Self.maximumLineLength) }
    }

    /// A frame begins with its number; what it is about, such as a line of source, is set in.
    private static func isFrame(_ line: Substring) -> Bool {
        line.hasPrefix(" ") || line.first?.isNumber ?? false
    }

    var description: String { lines.joined(separator: "\n    ") }
}
