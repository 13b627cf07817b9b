import HTTP

/// A path with named gaps: `/api/ai/status/{id}`.
struct RoutePattern: Sendable {
    enum Segment: Sendable {
        case literal([UInt8])
        case capture(String)
    }

    let text: String
    let segments: [Segment]

    /// The pattern is part of the program, so a wrong one is a programmer's error.
    init(_ text: String) {
        precondition(text.hasPrefix("/"), "a route begins with a slash: \(text)")
        self.text = text
        segments = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map { part in
            if part.hasPrefix("{"), part.hasSuffix("}") { return .capture(String(part.dropFirst().dropLast())) }
            return .literal(Array(part.utf8))
        }
    }

    var isLiteral: Bool {
        segments.allSatisfy { if case .literal = $0 { true } else { false } }
    }

    /// The captured values, or nil when the path does not fit. A capture never is empty.
    func match(_ path: [ArraySlice<UInt8>]) -> [String: String]? {
        guard path.count == segments.count else { return nil }
        var captured: [String: String] = [:]
        for (segment, part) in zip(segments, path) {
            switch segment {
            case .literal(let bytes):
                guard part.elementsEqual(bytes) else { return nil }
            case .capture(let name):
                guard !part.isEmpty, let value = PercentEncoding.decode(part) else { return nil }
                captured[name] = value
            }
        }
        return captured
    }
}
