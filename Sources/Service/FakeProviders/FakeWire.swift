import HTTP

/// An answer as the bytes that go over the wire.
struct FakeWire: Sendable {
    let head: [UInt8]
    /// The body with its framing; each piece is written by itself.
    private(set) var pieces: [[UInt8]]
    /// Whether another request may follow.
    let keepsAlive: Bool

    init(_ reply: FakeReply, framing: ScenarioFraming, keepsAlive isWanted: Bool) {
        let length = reply.pieces.reduce(0) { $0 + $1.count }
        var lines = ["HTTP/1.1 \(reply.status) \(Status(code: reply.status)?.reason ?? "")", "Server: SynGX"]
        if let type = reply.contentType { lines.append("Content-Type: \(type)") }
        lines += reply.fields.map { "\($0.name): \($0.value)" }
        switch framing {
        case .length: lines.append("Content-Length: \(length)")
        case .wrongLength(let excess): lines.append("Content-Length: \(length + excess)")
        case .chunked, .badChunk: lines.append("Transfer-Encoding: chunked")
        case .untilClose: break
        }
        keepsAlive = isWanted && (framing == .length || framing == .chunked)
        if !keepsAlive { lines.append("Connection: close") }
        head = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8)
        pieces = Self.frame(reply.pieces.filter { !$0.isEmpty }, framing)
    }

    private static func frame(_ pieces: [[UInt8]], _ framing: ScenarioFraming) -> [[UInt8]] {
        switch framing {
        case .length, .wrongLength, .untilClose: return pieces
        case .chunked:
            var chunks = pieces.map(chunk)
            let end = Array("0\r\n\r\n".utf8)
            if chunks.isEmpty { return [end] }
            chunks[chunks.count - 1] += end
            return chunks
        case .badChunk: return pieces.prefix(1).map(chunk) + [Array("xyz\r\n".utf8)]
        }
    }

    private static func chunk(_ piece: [UInt8]) -> [UInt8] {
        Array((String(piece.count, radix: 16) + "\r\n").utf8) + piece + [13, 10]
    }

    /// Keeps the first `count` bytes of the body.
    mutating func cut(to count: Int) {
        var left = count
        pieces = pieces.compactMap { piece in
            let kept = piece.prefix(left)
            left -= kept.count
            return kept.isEmpty ? nil : Array(kept)
        }
    }

    /// Splits the body into writes of so many bytes.
    mutating func split(every count: Int) {
        let all = pieces.flatMap(\.self)
        pieces = stride(from: 0, to: all.count, by: count).map { Array(all[$0..<min($0 + count, all.count)]) }
    }
}
