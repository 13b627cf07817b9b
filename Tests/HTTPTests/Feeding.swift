import HTTP

/// What became of some bytes, in a form that can be compared: refused under a rule, accepted with a summary, or
/// still waiting for more.
enum Outcome: Equatable {
    case waiting
    case refused(rule: String)
    case accepted(Set<String>)
}

/// Feeds a parser the first bytes, then more, up to each of the `cuts`, and at last all; a parser sees every prefix
/// as a server would show it.
func parse(_ bytes: [UInt8], cuts: [Int] = []) -> Outcome {
    var parser = RequestParser()
    for end in cuts + [bytes.count] {
        switch parse(Array(bytes[..<end]), with: &parser) {
        case .needsMore: continue
        case .failure(let error): return .refused(rule: error.rule)
        case .complete(let head, let consumed): return .accepted(summary(head, rest: bytes.count - consumed))
        }
    }
    return .waiting
}

/// One call of the parser with a copy of the bytes, so that a kept pointer would be noticed.
func parse(_ bytes: [UInt8], with parser: inout RequestParser) -> ParseResult {
    bytes.withUnsafeBytes { parser.parse($0) }
}

func summary(_ head: RequestHead, rest: Int) -> Set<String> {
    var summary: Set<String> = [
        "\(head.method)", "\(head.targetForm)", "path=\(head.path)", "query=\(head.query ?? "-")", "\(head.version)",
        head.isKeepAlive ? "keep-alive" : "close", "\(head.framing)",
        head.expectsContinue ? "expects" : "expects-nothing", "host=\(head.authority ?? "-")",
        "fields=\(head.fieldCount)", "rest=\(rest)",
    ]
    head.forEachField { name, value in summary.insert("\(name)=\(value)") }
    return summary
}

/// Feeds a decoder in pieces that end at the `cuts`.
func decode(_ bytes: [UInt8], cuts: [Int] = []) -> Outcome {
    var decoder = ChunkedDecoder()
    var body: [UInt8] = []
    var start = 0
    for end in cuts + [bytes.count] {
        let piece = Array(bytes[start..<end])
        do throws(RequestError) {
            start += try feed(piece, to: &decoder, into: &body)
        } catch {
            return .refused(rule: error.rule)
        }
        if decoder.isComplete {
            let text = body.map { String(UnicodeScalar($0)) }.joined()
            return .accepted(["body=\(text)", "rest=\(bytes.count - start)"])
        }
    }
    return .waiting
}

private func feed(
    _ piece: [UInt8], to decoder: inout ChunkedDecoder, into body: inout [UInt8]
) throws(RequestError) -> Int {
    let result = piece.withUnsafeBytes { buffer -> Result<Int, RequestError> in
        do throws(RequestError) {
            return .success(try decoder.decode(buffer, into: &body))
        } catch {
            return .failure(error)
        }
    }
    return try result.get()
}

/// Positions at which a row is cut: all of them in a short one, a sample (both ends and around limits) in a long one.
func cutPositions(_ count: Int) -> [Int] {
    guard count > 600 else { return Array(0...count) }
    let around = [8_192, 8_193, 8_194, 8_195, 32_767, 32_768, 32_784, 32_785, 32_786].filter { $0 < count }
    return Array(0..<40) + around + Array(stride(from: 40, to: count, by: count / 40)) + Array(count - 20...count)
}
