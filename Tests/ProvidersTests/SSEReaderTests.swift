import Testing

@testable import Providers

@Suite("The reader of event streams")
struct SSEReaderTests {
    private static let stream = Array(
        ("\u{FEFF}data: один\r\n\r\n: keep-alive\n\nevent: e\nid: 7\r"
            + "data:a\rdata: b\r\rretry: 20\ndata\n\ndata: cut").utf8)
    private static let events = [
        SSEEvent(data: "один"), SSEEvent(data: "a\nb", name: "e", id: "7"), SSEEvent(data: "", id: "7"),
    ]

    @Test("gives the same events wherever the bytes are split")
    func splits() throws {
        for place in 0...Self.stream.count {
            var reader = SSEReader()
            let events = try reader.take(Self.stream[..<place]) + reader.take(Self.stream[place...])
            #expect(events == Self.events, "split at \(place)")
            #expect(reader.retryMilliseconds == 20)
        }
    }

    @Test("refuses lines and events beyond its bound")
    func bound() {
        #expect(throws: SSEReader.TooLong()) {
            var reader = SSEReader(maximumBytes: 8)
            _ = try reader.take(Array("data: 123".utf8))
        }
    }
}
