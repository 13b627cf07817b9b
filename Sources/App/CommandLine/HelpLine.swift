/// A term and its meaning, for a table in a help text.
struct HelpLine: Sendable, Equatable {
    let term: String
    let meaning: String

    /// The lines with their meanings below each other.
    static func aligned(_ lines: [HelpLine]) -> String {
        let width = lines.map(\.term.count).max() ?? 0
        return lines.map { "  \($0.term.padded(to: width))  \($0.meaning)" }.joined(separator: "\n")
    }
}
