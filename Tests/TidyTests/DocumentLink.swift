/// Where a link in a page leads.
struct DocumentLink {
    /// As written.
    let text: String

    /// Without the anchor; empty for a place on the same page.
    var path: String { String(text.prefix { $0 != "#" }) }

    var anchor: String? {
        text.firstIndex(of: "#").map { String(text[text.index(after: $0)...]) }
    }

    var isExternal: Bool { text.contains("://") || text.hasPrefix("mailto:") }
}
