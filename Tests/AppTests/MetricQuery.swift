/// The metrics and labels that a query of Prometheus names.
struct MetricQuery {
    /// A metric and the labels that its selector asks for.
    struct Selector: Equatable {
        let name: String
        let labels: [String]
    }

    private(set) var selectors: [Selector] = []
    /// The labels by which the query groups.
    private(set) var groups: [String] = []

    private static let words: Set = ["sum", "max", "min", "avg", "count", "and", "or", "unless", "bool", "offset"]

    init(_ text: String) {
        var rest = text.replacing(/"[^"]*"/, with: "\"\"").replacing(/\[[^\]]*\]/, with: "")
        let grouping = /\b(?:by|without|on|ignoring)\s*\(([^)]*)\)/
        for match in rest.matches(of: grouping) {
            groups += match.output.1.split(separator: ",").map { String($0.trimmingPrefix(/\s+/)) }
        }
        rest = rest.replacing(grouping, with: "")
        for match in rest.matches(of: /\b([A-Za-z_][A-Za-z0-9_:]*)\s*(\(|\{[^}]*\})?/) {
            let name = String(match.output.1)
            let after = match.output.2 ?? ""
            guard after != "(", !Self.words.contains(name) else { continue }
            let labels = after.matches(of: /([A-Za-z_][A-Za-z0-9_]*)\s*[=!]/).map { String($0.output.1) }
            selectors.append(Selector(name: name, labels: labels))
        }
    }
}
