/// A key that is compared and hashed by its UTF-8 bytes instead of by Unicode's canonical equivalence.
struct JSONKey: Hashable, Sendable {
    let text: String

    init(_ text: String) {
        self.text = text
    }

    static func == (left: JSONKey, right: JSONKey) -> Bool {
        left.text.hasSameBytes(as: right.text)
    }

    func hash(into hasher: inout Hasher) {
        text.utf8Span.span.withUnsafeBytes { hasher.combine(bytes: $0) }
    }
}

extension String {
    /// Whether both have the same UTF-8 bytes.
    func hasSameBytes(as other: String) -> Bool {
        guard utf8.count == other.utf8.count else { return false }
        let mine = utf8Span.span
        let theirs = other.utf8Span.span
        for index in mine.indices where mine[index] != theirs[index] { return false }
        return true
    }
}
