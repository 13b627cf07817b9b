import Kafka

extension Rule where Value == String {
    /// One line of text.
    static func text(upTo maxCount: Int) -> Self {
        matching("a text of 1 to \(maxCount) characters without control characters") {
            $0.count <= maxCount && isPrintable($0)
        }
    }

    /// A file or folder; 4096 is Linux's PATH_MAX.
    static var path: Self {
        matching("a path of at most 4096 bytes without control characters") { $0.utf8.count <= 4096 && isPrintable($0) }
    }

    /// Where to listen or connect by TCP.
    static var host: Self {
        matching("a host name or an IP address") { HostName.isNameOrIPv4($0) || HostName.isIPv6($0) }
    }

    /// A TCP host, or the folder of a Unix socket.
    static var hostOrSocketFolder: Self {
        matching("a host name, an IP address or the absolute path of a socket folder") {
            $0.hasPrefix("/") ? path.read($0) != nil : host.read($0) != nil
        }
    }

    /// An SQL name that needs no quotes: 63 bytes is PostgreSQL's NAMEDATALEN - 1.
    static var sqlName: Self {
        matching("a name of 1 to 63 small letters, digits and underscores that starts with no digit") { text in
            guard let first = text.first, text.utf8.count <= 63, !("0"..."9").contains(first) else { return false }
            return text.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "_" }
        }
    }

    /// A name that Kafka takes for a topic.
    static var topic: Self {
        matching("a topic name: 1 to 249 letters, digits, dots, hyphens and underscores") {
            KafkaTopicSpecification.isName($0)
        }
    }

    /// An absolute http or https address without a user name or password in it.
    static var url: Self {
        matching("a http:// or https:// address without a user name") { text in
            guard text.utf8.count <= 2048, isPrintable(text), !text.contains(" ") else { return false }
            guard let scheme = ["http://", "https://"].first(where: { text.lowercased().hasPrefix($0) }) else {
                return false
            }
            let authority = text.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
            return isAuthority(authority)
        }
    }

    private static func matching(_ expectation: String, _ isRight: @escaping @Sendable (String) -> Bool) -> Self {
        Rule(expectation, read: { isRight($0) ? $0 : nil }, write: { $0.isEmpty ? nil : $0 })
    }

    private static func isAuthority(_ text: Substring) -> Bool {
        if HostPort(text) != nil || HostName.isNameOrIPv4(text) { return true }
        return text.first == "[" && text.last == "]" && HostName.isIPv6(String(text.dropFirst().dropLast()))
    }

    private static func isPrintable(_ text: String) -> Bool {
        text.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
    }
}
