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
            String(decoding: options.request, as: UTF8.self)
                == "GET /x HTTP/1.1\r\nHost: 127.0.0.1:80\r\nA: 1\r\nB: 2\r\n\r\n")
    }

    @Test("what is no header field is refused", arguments: ["A", ": 1", "A: 1\r\nB: 2", ""])
    func noField(_ text: String) {
        #expect(throws: UsageError.self) { try LoadOptions(["127.0.0.1:80", "--rate", "5", "--header", text]) }
    }
}
