import HTTP

/// What must hold for every input of the HTTP parsers, whoever made it.
///
/// An input is a digit that says what reads the rest and under which limits, a byte that chooses where the rest is
/// cut into pieces, and the rest. Digits keep the kept inputs readable: `00GET / HTTP/1.1…`.
public enum HTTPProperties {
    /// Who reads the bytes.
    public enum Reader: UInt8, Sendable {
        /// Requests one after another, heads and bodies.
        case requests = 0x30
        /// The same under limits that a short input can reach.
        case requestsNearLimits = 0x31
        /// A chunked body, then requests.
        case chunks = 0x32
        /// The same under limits that a short input can reach.
        case chunksNearLimits = 0x33
        /// Percent-encodings, queries, dates, values of response fields.
        case text = 0x34

        private static let all = [requests, requestsNearLimits, chunks, chunksNearLimits, text]

        /// Every byte names a reader, so that no input is wasted.
        init(byte: UInt8) {
            self = Reader.all[Int(byte &- Reader.requests.rawValue) % Reader.all.count]
        }
    }

    /// The input that hands `bytes` to a reader.
    public static func input(_ bytes: [UInt8], for reader: Reader) -> [UInt8] {
        [reader.rawValue, UInt8(ascii: "0")] + bytes
    }

    /// Throws when the parsers break a promise on this input.
    public static func check(_ input: [UInt8]) throws(Violation) {
        guard input.count >= 2 else { return }
        let bytes = Array(input[2...])
        let seed = UInt64(input[1])
        switch Reader(byte: input[0]) {
        case .requests: try checkStream(RequestStream(bytes, HTTPLimits()), seed)
        case .requestsNearLimits: try checkStream(RequestStream(bytes, nearLimits), seed)
        case .chunks: try checkStream(RequestStream(bytes, HTTPLimits(), insideChunkedBody: true), seed)
        case .chunksNearLimits: try checkStream(RequestStream(bytes, nearLimits, insideChunkedBody: true), seed)
        case .text: try TextProperties.check(bytes)
        }
    }

    private static var nearLimits: HTTPLimits {
        var limits = HTTPLimits()
        limits.requestLineBytes = 24
        limits.headerSectionBytes = 64
        limits.headerFieldCount = 4
        limits.bodyBytes = 32
        limits.chunkLineBytes = 12
        limits.chunkOverheadBytes = 16
        limits.trailerSectionBytes = 24
        limits.leadingEmptyLines = 1
        return limits
    }

    /// The bytes at once, in pieces of random sizes and one by one must come to the same.
    private static func checkStream(_ stream: RequestStream, _ seed: UInt64) throws(Violation) {
        let whole = try stream.transcript(cutAt: [])
        for exchange in whole.exchanges {
            if let head = exchange.head {
                try HeadProperties.check(head, madeOf: stream.bytes[exchange.place], stream.limits)
            }
            if exchange.isComplete { try ChunkProperties.checkRoundTrip(exchange.body, stream.limits) }
        }
        let pieces = try stream.transcript(cutAt: cuts(stream.bytes.count, seed))
        try Violation.unless(pieces == whole, "pieces are judged otherwise than the whole: \(pieces.end), \(whole.end)")
        let drops = try stream.transcript(cutAt: Array(0...stream.bytes.count))
        try Violation.unless(drops == whole, "dripping is judged otherwise than the whole: \(drops.end), \(whole.end)")
    }

    private static func cuts(_ count: Int, _ seed: UInt64) -> [Int] {
        var generator = SplitMix64(seed: seed)
        let largest = Int.random(in: 1...64, using: &generator)
        var cuts: [Int] = []
        var position = 0
        while position < count {
            cuts.append(position)
            position += Int.random(in: 1...largest, using: &generator)
        }
        return cuts
    }
}
