import HTTP

/// What a coding of the content means for the other fields.
extension ResponseHead {
    /// Another form of the same content is not the same bytes (RFC 9110 §8.8.3.3): a strong entity tag becomes weak.
    mutating func weakenEntityTag() {
        guard let tag = fields.first(.entityTag), !tag.hasPrefix("W/") else { return }
        fields.set(.entityTag, "W/" + tag)
    }

    /// A 304 names the tag that the client has: a cache must not apply a strong one to what it holds under a weak one
    /// (RFC 9111 §4.3.4).
    mutating func weakenEntityTag(ifKnownWeaklyTo request: RequestHead) {
        guard let tag = fields.first(.entityTag) else { return }
        if request.values(of: "if-none-match").contains(where: { $0.contains("W/" + tag) }) { weakenEntityTag() }
    }
}

extension HeaderFields {
    /// Adds a name to `Vary`, once; `*` covers it already (RFC 9110 §12.5.5).
    mutating func addVary(_ name: FieldName) {
        guard !contains("*", in: .vary), !contains(name.text, in: .vary) else { return }
        append(name, toList: .vary)
    }

    /// Whether nobody may change the form of the content (RFC 9111 §5.2.2.6).
    var forbidTransformation: Bool { contains("no-transform", in: .cacheControl) }
}
