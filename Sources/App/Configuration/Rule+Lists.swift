import EventLoop

extension Rule {
    /// Elements between commas, with any spaces around them; none may be empty.
    private static func list<Element: Sendable>(
        _ expectation: String,
        upTo maxCount: Int,
        read: @escaping @Sendable (String) -> Element?,
        write: @escaping @Sendable (Element) -> String
    ) -> Self where Value == [Element] {
        Rule("\(expectation), 1 to \(maxCount) of them with commas between") { text in
            let parts = text.split(separator: ",", omittingEmptySubsequences: false)
            let elements = parts.compactMap { read(String($0).trimmed) }
            return elements.count == parts.count && elements.count <= maxCount ? elements : nil
        } write: { elements in
            elements.isEmpty ? nil : elements.map(write).joined(separator: ",")
        }
    }
}

extension Rule where Value == [HostPort] {
    /// `broker-1:9092,broker-2:9092`.
    static var servers: Self {
        list("a list of host:port", upTo: 64, read: { HostPort($0) }, write: \.description)
    }
}

extension Rule where Value == [AddressRange] {
    /// `10.0.0.0/8,2001:db8::1`.
    static var addressRanges: Self {
        list("a list of IP addresses or ranges such as 10.0.0.0/8", upTo: 64, read: { AddressRange($0) }) {
            $0.description
        }
    }
}

extension Rule where Value == [String] {
    /// `*`, `null` or `scheme://…` with `*` for any part.
    static var origins: Self {
        list("a list of origins (*, null or scheme://host, * for any part)", upTo: 64) { text in
            isOrigin(text) ? text : nil
        } write: {
            $0
        }
    }

    private static func isOrigin(_ text: String) -> Bool {
        if text == "*" || text == "null" { return true }
        guard let colon = text.firstIndex(of: ":"), colon != text.startIndex else { return false }
        let rest = text[colon...]
        return text.utf8.count <= 255 && rest.hasPrefix("://") && rest.count > 3
            && text.unicodeScalars.allSatisfy { $0.isASCII && $0 > " " && $0.value != 127 }
    }
}
