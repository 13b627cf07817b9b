public import JSON

/// What key somebody wants.
public struct APIKeyDraft: Sendable, Equatable {
    /// What a key's requests a minute may be set to.
    public static let rates = 0...1_000_000
    /// What a key may be used for when nothing is said of that.
    public static let usualScopes: Set<Scope> = [.submit, .read]

    /// What people will call it.
    public let name: String
    /// What it may be used for; never empty.
    public let scopes: Set<Scope>
    /// When it ends; nil for never.
    public let end: KeyEnd?
    /// Requests a minute in place of the usual limits, 0 for any number; nil for the usual ones.
    public let ratePerMinute: Int?

    /// Gathers the wishes, which must be within their bounds.
    public init(name: String, scopes: Set<Scope>, end: KeyEnd?, ratePerMinute: Int?) {
        self.name = name
        self.scopes = scopes
        self.end = end
        self.ratePerMinute = ratePerMinute
    }

    /// Reads what a client sent, or finds every fault. Unknown fields are ignored.
    public static func read(_ object: JSONObject) -> Result<APIKeyDraft, InputFaults> {
        var fields = FieldReader(object)
        let name = fields.required("name", atMost: APIKey.maximumNameLength)
        if fields.faults.isEmpty, name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            fields.fault("name", .malformed, "must not hold control characters")
        }
        let draft = APIKeyDraft(
            name: name, scopes: scopes(&fields), end: end(&fields),
            ratePerMinute: fields.number("rate_per_minute", in: rates))
        return fields.result(draft)
    }

    private static func scopes(_ fields: inout FieldReader) -> Set<Scope> {
        guard let value = fields.object["scopes"], !value.isNull else { return usualScopes }
        guard let elements = value.arrayValue else {
            fields.fault("scopes", .wrongType, "must be an array, not \(value.kindName)")
            return []
        }
        let scopes = elements.compactMap { $0.stringValue.flatMap(Scope.init) }
        if scopes.isEmpty || scopes.count < elements.count {
            let names = Scope.allCases.map(\.rawValue).joined(separator: ", ")
            fields.fault("scopes", .malformed, "must be one or more of \(names)")
        }
        return Set(scopes)
    }

    private static func end(_ fields: inout FieldReader) -> KeyEnd? {
        guard let text = fields.optional("expires", atMost: 40) else { return nil }
        let end = KeyEnd(text)
        if end == nil { fields.fault("expires", .malformed, "must be \(KeyEnd.expectation)") }
        return end
    }
}
