/// A text that knows what it costs, so that parts used again and again are not gone through again and again. The
/// cost of a text is that of its parts, up to the rounding of the whole.
struct CostedText: Sendable {
    private(set) var text = ""
    private var hundredths = 0

    init() {}

    init(_ text: String) {
        self.text = text
        hundredths = TokenEstimate.hundredths(in: text)
    }

    /// What it costs, by `TokenEstimate`.
    var tokens: Int { TokenEstimate.tokens(ofHundredths: hundredths) }

    mutating func append(_ part: String) {
        text += part
        hundredths += TokenEstimate.hundredths(in: part)
    }

    /// Appends a line end and a line.
    mutating func append(line: CostedText) {
        text += "\n"
        hundredths += TokenEstimate.hundredthsOfLineEnd
        append(line)
    }

    mutating func append(_ part: CostedText) {
        text += part.text
        hundredths += part.hundredths
    }
}
