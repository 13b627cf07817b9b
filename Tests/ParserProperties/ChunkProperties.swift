import HTTP

/// What must hold at each step of a chunked body.
enum ChunkProperties {
    /// Reported ranges lie in the `count` bytes that were shown, and a step that goes on gets somewhere.
    static func check(_ step: ChunkedDecoder.Step, _ count: Int) throws(Violation) {
        switch step {
        case .needsMore: break
        case .body(let range):
            try Violation.unless(!range.isEmpty && range.lowerBound >= 0, "an empty piece of body: \(range)")
            try Violation.unless(range.upperBound <= count, "a piece of body at \(range) of \(count) bytes")
        case .complete(let consumed):
            try Violation.unless(0...count ~= consumed, "the body's end used \(consumed) of \(count) bytes")
        }
    }

    static func check(_ decoder: ChunkedDecoder, _ received: Int, _ limits: HTTPLimits) throws(Violation) {
        let announced = decoder.bodyLength
        try Violation.unless(announced <= limits.bodyBytes, "\(announced) bytes of body are over the limit")
        try Violation.unless(received <= announced, "\(received) bytes of body, \(announced) announced")
        guard decoder.isComplete else { return }
        try Violation.unless(received == announced, "the body is over with \(received) bytes of \(announced)")
    }

    /// An error comes again whatever is shown next.
    static func checkIsFinal(_ decoder: ChunkedDecoder, _ error: RequestError, _ window: [UInt8]) throws(Violation) {
        var decoder = decoder
        do throws(RequestError) {
            _ = try decoder.next(window)
        } catch {
            return
        }
        throw Violation(description: "\(error.rule) is not final")
    }

    /// What the encoder makes of a body, the decoder takes off again.
    static func checkRoundTrip(_ body: [UInt8], _ limits: HTTPLimits) throws(Violation) {
        var encoded: [UInt8] = []
        ChunkEncoder.append(body, to: &encoded)
        encoded += ChunkEncoder.end
        var decoder = ChunkedDecoder(limits: limits)
        var decoded: [UInt8] = []
        let used: Int
        do throws(RequestError) {
            used = try decoder.decode(encoded, into: &decoded)
        } catch {
            throw Violation(description: "an encoded body is refused: \(error)")
        }
        try Violation.unless(used == encoded.count, "\(used) bytes of an encoded body used, not \(encoded.count)")
        try Violation.unless(decoded == body, "a body came back changed from being encoded and decoded")
    }
}

extension ChunkedDecoder {
    mutating func next(_ bytes: [UInt8]) throws(RequestError) -> Step {
        try bytes.span.bytes.withUnsafeBytes { (buffer) throws(RequestError) in try next(buffer) }
    }

    mutating func decode(_ bytes: [UInt8], into body: inout [UInt8]) throws(RequestError) -> Int {
        try bytes.span.bytes.withUnsafeBytes { (buffer) throws(RequestError) in try decode(buffer, into: &body) }
    }
}
