import Foundation
import HTTP
import Testing

@testable import ParserProperties

@Suite("The inputs that fuzzing has kept")
struct CorpusTests {
    @Test("break no promise of the HTTP parsers")
    func kept() throws {
        let corpus = try Corpus(of: "HTTPFuzz")
        #expect(corpus.inputs.count > 100)
        for input in corpus.inputs {
            #expect(throws: Never.self, "\(input.name)") { try HTTPProperties.check(input.bytes) }
        }
    }

    @Test("and the conformance table, too, under all limits", arguments: ConformanceTests.headRows)
    func heads(_ row: Row) {
        for reader in [HTTPProperties.Reader.requests, .requestsNearLimits] {
            #expect(throws: Never.self) { try HTTPProperties.check(HTTPProperties.input(row.bytes, for: reader)) }
        }
    }

    @Test("and its chunked bodies, too, under all limits", arguments: chunkRows)
    func chunks(_ row: Row) {
        for reader in [HTTPProperties.Reader.chunks, .chunksNearLimits] {
            #expect(throws: Never.self) { try HTTPProperties.check(HTTPProperties.input(row.bytes, for: reader)) }
        }
    }

    /// What each of these changes is what a parser at fault would report.
    @Test(
        "would not let pass a head that says other than its bytes",
        arguments: [
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: b\r\nContent-Length: 2\r\n\r\n",
            "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n",
            "POST / HTTP/1.0\r\nHost: a\r\nContent-Length: 2\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\u{1}\r\nContent-Length: 2\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\nContent-Length: 2\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n",
        ])
    func contradiction(sent: String) throws {
        let honest = octets("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n")
        var parser = RequestParser()
        guard case .complete(let head, _) = parse(honest, with: &parser) else {
            Issue.record("the head is not accepted")
            return
        }
        #expect(throws: Never.self) { try HeadProperties.check(head, madeOf: honest[...], HTTPLimits()) }
        #expect(throws: Violation.self) { try HeadProperties.check(head, madeOf: octets(sent)[...], HTTPLimits()) }
    }
}
