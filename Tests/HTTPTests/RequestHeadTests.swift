import HTTP
import Testing

@Suite("A request head")
struct RequestHeadTests {
    private func head(_ text: String) throws -> RequestHead {
        var parser = RequestParser()
        guard case .complete(let head, _) = parse(octets(text), with: &parser) else { throw Incomplete() }
        return head
    }

    private struct Incomplete: Error {}

    @Test("finds fields by name in any case")
    func lookup() throws {
        let head = try head("GET / HTTP/1.1\r\nHost: a\r\nContent-Type: text/plain\r\n\r\n")
        #expect(head.first("content-type") == "text/plain")
        #expect(head.first("CONTENT-TYPE") == "text/plain")
        #expect(head.first("content-typ") == nil)
        #expect(head.contains("Host"))
        #expect(!head.contains("Cookie"))
    }

    @Test("gives the values of a repeated field in order")
    func repeated() throws {
        let head = try head("GET / HTTP/1.1\r\nHost: a\r\nX: 1\r\nY: 2\r\nx: 3\r\n\r\n")
        #expect(head.first("x") == "1")
        #expect(head.values(of: "X") == ["1", "3"])
        #expect(head.values(of: "Z") == [])
    }

    @Test("compares a value without making text of it")
    func comparison() throws {
        let head = try head("GET / HTTP/1.1\r\nHost: a\r\nAccept: Text/Plain\r\n\r\n")
        #expect(head.hasValue("accept", equalTo: "Text/Plain"))
        #expect(!head.hasValue("accept", equalTo: "text/plain"))
        #expect(head.hasValue("accept", equalTo: "text/plain", ignoringCase: true))
        #expect(!head.hasValue("accept", equalTo: "Text/Plain2"))
        #expect(!head.hasValue("x", equalTo: ""))
    }

    @Test("keeps target, path and query apart and raw")
    func target() throws {
        let head = try head("GET /a%20b/c?d=%41 HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(head.target == "/a%20b/c?d=%41")
        #expect(head.path == "/a%20b/c")
        #expect(head.hasPath("/a%20b/c"))
        #expect(!head.hasPath("/a b/c"))
        #expect(head.query == "d=%41")
    }

    @Test(
        "splits a path at its raw slashes only",
        arguments: [
            ("/", [""]), ("/a", ["a"]), ("/a/", ["a", ""]), ("/a//b", ["a", "", "b"]), ("/a%2Fb/..", ["a%2Fb", ".."]),
        ])
    func segments(path: String, expected: [String]) throws {
        let head = try head("GET \(path) HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(head.pathSegments.map { String(decoding: $0, as: UTF8.self) } == expected)
    }

    @Test("reads query items as a form does")
    func queryItems() throws {
        let head = try head("GET /?a=1&b=%D0%B0+c&&d&e=f=g&h=100%&i=%FF HTTP/1.1\r\nHost: a\r\n\r\n")
        #expect(
            head.queryItems.map { "\($0.name)|\($0.value)" } == ["a|1", "b|а c", "d|", "e|f=g", "h|100%", "i|\u{FFFD}"])
        #expect(head.queryValue("b") == "а c")
        #expect(head.queryValue("d") == "")
        #expect(head.queryValue("z") == nil)
    }

    @Test("without a query has no items")
    func noQuery() throws {
        #expect(try head("GET / HTTP/1.1\r\nHost: a\r\n\r\n").queryItems.isEmpty)
    }
}

@Suite("Percent-encoding")
struct PercentEncodingTests {
    @Test(
        "is taken off a path segment strictly",
        arguments: [
            ("abc", "abc"), ("a%20b", "a b"), ("a+b", "a+b"), ("%D0%B0", "а"), ("a%2fb", "a/b"),
            ("%2e%2e", ".."), ("%4", nil), ("%zz", nil), ("%00", nil), ("%C0%AF", nil), ("%FF", nil), ("", ""),
            ("a\0", nil), ("%41\0", nil),
        ] as [(String, String?)])
    func segment(encoded: String, decoded: String?) {
        #expect(PercentEncoding.decode(Array(encoded.utf8)[...]) == decoded)
    }

    @Test(
        "is taken off a form value leniently",
        arguments: [("a+b", "a b"), ("%41%", "A%"), ("%4", "%4"), ("%zz", "%zz"), ("%FF", "\u{FFFD}")])
    func form(encoded: String, decoded: String) {
        #expect(PercentEncoding.decodeForm(Array(encoded.utf8)[...]) == decoded)
    }
}
