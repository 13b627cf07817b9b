/// An allowed origin: `*`, an origin, `null`, or an origin with `*` for any run of characters.
struct OriginPattern: Sendable {
    private let parts: [Substring]

    init(_ text: String) {
        parts = text.lowercased().split(separator: "*", omittingEmptySubsequences: false)
    }

    var isAny: Bool { parts == ["", ""] }

    /// Greedy matching of the parts from left to right; the last one must end the origin.
    func matches(_ origin: String) -> Bool {
        var rest = Substring(origin.lowercased())
        guard let first = parts.first, let last = parts.last, rest.hasPrefix(first) else { return false }
        if parts.count == 1 { return rest == first }
        rest = rest.dropFirst(first.count)
        for part in parts.dropFirst().dropLast() {
            guard let found = rest.firstRange(of: part) else { return false }
            rest = rest[found.upperBound...]
        }
        return rest.hasSuffix(last)
    }
}
