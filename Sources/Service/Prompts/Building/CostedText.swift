/// A text that knows what it costs, so that parts used again and again are not gone through again and again. The
/// cost of a text is that of its parts, up to the rounding of the whole.
struct CostedText: Sendable {
    let text: String
    private let hundredths: Int

    static let lineEnd = CostedText("\n")
    static let blankLine = CostedText("\n\n")

    init(_ text: String) {
        self.text = text
        hundredths = TokenEstimate.hundredths(in: text)
    }

    /// The parts one after another, in a text of just their size.
    init(joining parts: [CostedText]) {
        var text = ""
        text.reserveCapacity(parts.reduce(0) { $0 + $1.text.utf8.count })
        for part in parts { text += part.text }
        self.text = text
        hundredths = Self.hundredths(of: parts)
    }

    /// What it costs, by `TokenEstimate`.
    var tokens: Int { TokenEstimate.tokens(ofHundredths: hundredths) }

    /// What the parts will cost together.
    static func tokens(of parts: [CostedText]) -> Int { TokenEstimate.tokens(ofHundredths: hundredths(of: parts)) }

    private static func hundredths(of parts: [CostedText]) -> Int { parts.reduce(0) { $0 + $1.hundredths } }
}
