/// Finds the end of one HTTP/1.1 response with `Content-Length` or in chunks; the servers measured here send no other
/// kind.
struct ResponseFramer {
    /// How far a body has come.
    enum Ending {
        case incomplete, complete, malformed
    }

    enum Outcome: Equatable {
        case incomplete
        /// The whole answer is there; whether the connection lives on.
        case complete(status: Int, keepsAlive: Bool)
        /// Not an answer, or not one of the expected kind, or more bytes than one answer has.
        case malformed
    }

    private static let longestHead = 65_536
    private var head: [UInt8] = []
    private var bodyBytesMissing: Int?
    private var chunks: ChunkedBody?
    private var status = 0
    private var keepsAlive = true

    /// Takes the next bytes. After `complete` it is ready for the next answer.
    mutating func consume(_ bytes: UnsafeRawBufferPointer) -> Outcome {
        if let missing = bodyBytesMissing { return takeBody(bytes.count, of: missing) }
        if chunks != nil { return takeChunks(bytes[...]) }
        let known = head.count
        head.append(contentsOf: bytes)
        guard let end = endOfHead(searchFrom: max(0, known - 3)) else {
            return head.count > Self.longestHead ? .malformed : .incomplete
        }
        guard let body = readHead(upTo: end) else { return .malformed }
        let bodyBytes = head.count - end
        head.removeAll(keepingCapacity: true)
        switch body {
        case .bytes(let length): return takeBody(bodyBytes, of: length)
        case .chunks:
            chunks = ChunkedBody()
            return takeChunks(bytes[(bytes.count - bodyBytes)...])
        }
    }

    private mutating func takeChunks(_ bytes: UnsafeRawBufferPointer.SubSequence) -> Outcome {
        switch chunks?.consume(bytes) {
        case .incomplete: return .incomplete
        case .complete:
            chunks = nil
            return .complete(status: status, keepsAlive: keepsAlive)
        case .malformed, nil: return .malformed
        }
    }

    private mutating func takeBody(_ count: Int, of missing: Int) -> Outcome {
        guard count <= missing else { return .malformed }
        guard count == missing else {
            bodyBytesMissing = missing - count
            return .incomplete
        }
        bodyBytesMissing = nil
        return .complete(status: status, keepsAlive: keepsAlive)
    }

    /// The index after the empty line.
    private func endOfHead(searchFrom start: Int) -> Int? {
        var index = start
        while index + 3 < head.count {
            if head[index] == 13, head[index + 1] == 10, head[index + 2] == 13, head[index + 3] == 10 {
                return index + 4
            }
            index += 1
        }
        return nil
    }

    /// How the end of a body is told.
    private enum Body {
        case bytes(Int)
        case chunks
    }

    /// Reads status and `Connection`; how the body's end is told, or nil when it is not.
    private mutating func readHead(upTo end: Int) -> Body? {
        guard head.count > 12, head.starts(with: "HTTP/1.".utf8), let code = number(in: 9..<12) else { return nil }
        status = code
        keepsAlive = true
        var body: Body?
        var line = 0
        while let next = head[line..<end].firstIndex(of: 10).map({ $0 + 1 }) {
            if let value = value(of: "content-length:", in: line..<next) { body = number(in: value).map(Body.bytes) }
            if let value = value(of: "transfer-encoding:", in: line..<next) {
                body = head[value].elementsEqual("chunked".utf8) ? .chunks : nil
            }
            if let value = value(of: "connection:", in: line..<next) {
                keepsAlive = !head[value].elementsEqual("close".utf8)
            }
            line = next
        }
        return body
    }

    /// The place of the value when the line has this name, given in small letters with its colon.
    private func value(of name: StaticString, in line: Range<Int>) -> Range<Int>? {
        guard line.count > name.utf8CodeUnitCount else { return nil }
        for offset in 0..<name.utf8CodeUnitCount
        where (head[line.lowerBound + offset] | 0x20) != name.utf8Start[offset] | 0x20 {
            return nil
        }
        var start = line.lowerBound + name.utf8CodeUnitCount
        while head[start] == 32 { start += 1 }
        return start..<max(start, line.upperBound - 2)
    }

    private func number(in range: Range<Int>) -> Int? {
        guard (1...15).contains(range.count) else { return nil }
        var number = 0
        for byte in head[range] {
            guard (48...57).contains(byte) else { return nil }
            number = number * 10 + Int(byte) - 48
        }
        return number
    }
}
