/// The target: raw on all these ways, because what decoding means is known only to the one who routes.
extension RequestHead {
    /// How the target was written.
    public var targetForm: TargetForm { parts.form }

    /// The whole target as sent.
    public var target: String { text(parts.whole) }

    /// The path without the query, still percent-encoded. `*` for the server as a whole, empty for CONNECT.
    public var path: String { String(decoding: pathBytes, as: UTF8.self) }

    /// The bytes of `path`; shares the head's storage.
    public var pathBytes: ArraySlice<UInt8> {
        parts.form == .asterisk ? asteriskBytes : bytes[parts.path.range]
    }

    /// The pieces of the path between its slashes, still percent-encoded; see ``PercentEncoding``.
    public var pathSegments: PathSegments { PathSegments(path: pathBytes) }

    /// Whether the raw path is exactly this text; makes no copy.
    public func hasPath(_ path: String) -> Bool {
        pathBytes.elementsEqual(path.utf8)
    }

    /// What follows the first `?`, still encoded; `nil` without a `?`.
    public var query: String? { parts.query.map(text) }

    /// The names and values of the query, decoded, in order. Their number is bounded by the request line.
    public var queryItems: [QueryItem] {
        parts.query.map { QueryItem.items(in: bytes[$0.range]) } ?? []
    }

    /// The first value of this name in the query; an item without `=` has an empty value.
    public func queryValue(_ name: String) -> String? {
        queryItems.first { $0.name == name }?.value
    }

    /// Host and port the request is meant for: those of an absolute target, else the `Host` field (RFC 9112 §3.3).
    /// `nil` only for HTTP/1.0 without `Host`.
    public var authority: String? { (parts.authority ?? host).map(text) }

    private var asteriskBytes: ArraySlice<UInt8> { [UInt8(ascii: "*")] }
}
