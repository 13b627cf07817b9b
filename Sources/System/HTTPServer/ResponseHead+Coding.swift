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
    mutating func addVary(_ name: String) {
        let names = list(of: .vary)
        guard !names.contains(where: { $0 == "*" || $0.lowercased() == name.lowercased() }) else { return }
        set(.vary, (names + [name]).joined(separator: ", "))
    }

    /// Whether nobody may change the form of the content (RFC 9111 §5.2.2.6).
    var forbidTransformation: Bool {
        list(of: .cacheControl).contains { $0.lowercased() == "no-transform" }
    }

    /// The elements of all fields of this name, which holds a list.
    private func list(of name: FieldName) -> [String] {
        values(of: name).flatMap { value in value.split(separator: ",").map { $0.filter { $0 != " " } } }
    }
}
