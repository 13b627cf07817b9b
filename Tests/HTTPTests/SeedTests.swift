import Foundation
import ParserProperties
import Testing

/// Not a test: writes the conformance table as inputs for `scripts/fuzz seed`, which names the folder.
@Suite("The conformance table")
struct SeedTests {
    static let folder = ProcessInfo.processInfo.environment["FUZZ_SEEDS"]

    private static let texts = [
        "%41%00%zz+%F0%9F%98%80", "a=b&c=%20d+e&=&f", "Sun, 06 Nov 1994 08:49:37 GMT", "Sat, 30 Jun 2012 23:59:60 GMT",
        "\u{0}\u{0}\u{0}\u{0}\u{3B}\u{9A}\u{CA}\u{0}", "a\r\nX-Split: yes\r\n\r\n",
    ]

    @Test("is written out as inputs for the fuzzer", .enabled(if: SeedTests.folder != nil))
    func write() throws {
        let folder = URL(filePath: try #require(Self.folder))
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for row in ConformanceTests.headRows {
            try write(row.bytes, for: [.requests, .requestsNearLimits], as: "head-\(row.id)", in: folder)
        }
        for row in chunkRows {
            try write(row.bytes, for: [.chunks, .chunksNearLimits], as: "chunks-\(row.id)", in: folder)
        }
        for (index, text) in Self.texts.enumerated() {
            try write(octets(text), for: [.text], as: "text-\(index)", in: folder)
        }
    }

    private func write(
        _ bytes: [UInt8], for readers: [HTTPProperties.Reader], as name: String, in folder: URL
    ) throws {
        for reader in readers {
            let file = folder.appending(path: "\(name)-\(reader.rawValue)")
            try Data(HTTPProperties.input(bytes, for: reader)).write(to: file)
        }
    }
}
