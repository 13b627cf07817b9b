import Foundation
import Testing

@testable import HTTPLoad

@Suite("What load is asked for")
struct LoadOptionsTests {
    @Test("further header fields go out with every request, in their order")
    func headers() throws {
        let options = try LoadOptions([
            "127.0.0.1:80", "--rate", "5", "--path", "/x", "--header", "A: 1", "--header", "B: 2",
        ])
        #expect(
            String(decoding: options.requests[0], as: UTF8.self)
                == "GET /x HTTP/1.1\r\nHost: 127.0.0.1:80\r\nA: 1\r\nB: 2\r\n\r\n")
    }

    @Test("paths from a file are asked for in turn")
    func paths() throws {
        let file = FileManager.default.temporaryDirectory.appending(path: "paths-\(UUID().uuidString)")
        try Data("/a\n/b\n".utf8).write(to: file)
        let options = try LoadOptions(["127.0.0.1:80", "--rate", "5", "--paths", file.path])
        try FileManager.default.removeItem(at: file)
        let lines = options.requests.map { String(decoding: $0.prefix { $0 != 13 }, as: UTF8.self) }
        #expect(lines == ["GET /a HTTP/1.1", "GET /b HTTP/1.1"])
    }

    @Test("what is no header field is refused", arguments: ["A", ": 1", "A: 1\r\nB: 2", ""])
    func noField(_ text: String) {
        #expect(throws: UsageError.self) { try LoadOptions(["127.0.0.1:80", "--rate", "5", "--header", text]) }
    }
}
