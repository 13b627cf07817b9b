/// Where calls with Qwen's tokens go. The address comes from a file or over the network, so only Qwen's own hosts
/// count: a token must not be sent anywhere else.
struct QwenAddress: Equatable {
    /// Where calls go when a login names no address.
    static let usual = "https://dashscope.aliyuncs.com/compatible-mode/v1"
    private static let domains = [".qwen.ai", ".aliyuncs.com"]

    /// The base address, with its version part and without a slash at its end.
    let url: String

    /// Reads what a login says, with or without a scheme and a version; nil for anything but https and Qwen's hosts.
    init?(_ text: String) {
        let scheme = "https://"
        let hasScheme = text.lowercased().hasPrefix(scheme)
        guard hasScheme || !text.contains("://") else { return nil }
        let rest = hasScheme ? text.dropFirst(scheme.count) : text[...]
        let isPlain = rest.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF)
                || [0x2D, 0x2E, 0x2F, 0x5F].contains(byte)
        }
        guard isPlain else { return nil }
        let host = rest.prefix { $0 != "/" }.lowercased()
        guard Self.domains.contains(where: { host.hasSuffix($0) && host.count > $0.count }) else { return nil }
        let path = String(rest.dropFirst(host.count).reversed().drop { $0 == "/" }.reversed())
        url = scheme + host + (path.hasSuffix("/v1") ? path : path + "/v1")
    }
}
