import Foundation
import Gzip
import TestSupport
import Testing

@Suite("Gzip")
struct GzipEncoderTests {
    private static func encode(_ pieces: [ArraySlice<UInt8>], level: Int = 5) throws -> [UInt8] {
        var encoder = try GzipEncoder(level: level)
        var output: [UInt8] = []
        for piece in pieces { encoder.append(piece.span.bytes, to: &output) }
        encoder.finish(into: &output)
        return output
    }

    private static func noise(_ count: Int) -> [UInt8] {
        var generator = SeededGenerator(seed: 7)
        return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
    }

    private static func rows(_ count: Int) -> [UInt8] {
        Array((0..<count).map { "[\($0),\"Товар \($0 % 97)\",\($0 * 7 % 1000).5]" }.joined(separator: ",").utf8)
    }

    static let contents: [[UInt8]] = [
        [], [0], Array("a".utf8), Array(repeating: 0, count: 100_000), noise(200_000), rows(5000),
    ]

    @Test("what was put in comes out again, at every level", arguments: contents.indices, GzipEncoder.levels)
    func roundTrip(index: Int, level: Int) throws {
        let content = Self.contents[index]
        let file = try Self.encode([content[...]], level: level)
        #expect(try GzipDecoder.decode(file) == content)
    }

    @Test("5 MB in slices of 64 KB make a file a fraction of that")
    func large() throws {
        let content = Array(Self.rows(180_000).prefix(5 << 20))
        #expect(content.count > 5_000_000)
        let slices = stride(from: 0, to: content.count, by: 65_536).map { start in
            content[start..<min(start + 65_536, content.count)]
        }
        let file = try Self.encode(slices)
        #expect(file.count < content.count / 4)
        #expect(try GzipDecoder.decode(file) == content)
    }

    @Test("noise grows by next to nothing")
    func incompressible() throws {
        let content = Self.noise(1_000_000)
        let file = try Self.encode([content[...]])
        #expect(file.count > content.count)
        #expect(file.count < content.count + 1000)
    }

    @Test("the file is the same wherever its content was cut")
    func everySplit() throws {
        let content = Self.rows(30)
        let whole = try Self.encode([content[...]])
        for first in 0...content.count {
            for second in stride(from: first, through: content.count, by: 61) {
                let pieces = [content[..<first], content[first..<second], content[second...]]
                #expect(try Self.encode(pieces) == whole, "cut at \(first) and \(second)")
            }
        }
        #expect(try GzipDecoder.decode(whole) == content)
    }

    @Test("output comes while pieces go in, so little is held")
    func bounded() throws {
        var encoder = try GzipEncoder(level: 5)
        var (taken, given) = (0, 0)
        let piece = Self.noise(10_000)
        for _ in 0..<200 {
            var output: [UInt8] = []
            encoder.append(piece.span.bytes, to: &output)
            taken += piece.count
            given += output.count
        }
        var rest: [UInt8] = []
        encoder.finish(into: &rest)
        #expect(given > 0)
        #expect(rest.count < 200_000)
        #expect(taken == 2_000_000)
    }

    @Test("a file without the name or the time that it was made has the same bytes each time")
    func deterministic() throws {
        let file = try Self.encode([Self.rows(10)[...]])
        #expect(Array(file.prefix(8)) == [0x1F, 0x8B, 8, 0, 0, 0, 0, 0])
    }

    @Test("an encoder that is dropped half-way is no trouble")
    func dropped() throws {
        for _ in 0..<1000 {
            var encoder = try GzipEncoder(level: 1)
            var output: [UInt8] = []
            encoder.append([1, 2, 3].span.bytes, to: &output)
        }
    }

    @Test("the decoder of these tests refuses a file that is cut short, changed or followed by something")
    func decoderIsStrict() throws {
        let file = try Self.encode([Self.rows(10)[...]])
        var changed = file
        changed[file.count - 8] ^= 1
        for wrong in [Array(file.dropLast()), changed, file + [0], []] {
            #expect(throws: GzipDecoder.Failure.self) { try GzipDecoder.decode(wrong) }
        }
    }

    @Test("the gzip program reads it", .timeLimit(.minutes(10)))
    func program() async throws {
        let content = Self.rows(5000)
        let folder = FileManager.default.temporaryDirectory.appending(path: "gzip-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        defer { #expect(throws: Never.self) { try FileManager.default.removeItem(at: folder) } }
        try Data(Self.encode([content[...]])).write(to: folder.appending(path: "rows.gz"))
        let (output, errors) = (folder.appending(path: "rows"), folder.appending(path: "errors"))
        let process = try ChildProcess(
            "gzip", ["-dc", "rows.gz"], environment: ["PATH": "/usr/bin:/bin"], folder: folder.path,
            output: output.path, errors: errors.path)
        #expect(try await process.end(within: .seconds(30)) == .exit(0))
        #expect(try String(contentsOf: errors, encoding: .utf8) == "")
        #expect(try Data(contentsOf: output) == Data(content))
    }
}
