import Domain

extension Rule where Value == Set<Scope> {
    /// `submit,read`.
    static var scopes: Self {
        let names = Scope.allCases.map(\.rawValue).joined(separator: ", ")
        return Rule("a list of scopes with commas between, of \(names)") { text in
            let parts = text.split(separator: ",", omittingEmptySubsequences: false)
            let scopes = parts.compactMap { Scope(rawValue: String($0).trimmed) }
            return scopes.count == parts.count ? Set(scopes) : nil
        } write: {
            $0.map(\.rawValue).sorted().joined(separator: ",")
        }
    }
}

extension Rule where Value == KeyEnd {
    /// `90d` or `2027-01-31`.
    static var keyEnd: Self {
        Rule(KeyEnd.expectation) {
            KeyEnd($0)
        } write: {
            $0.description
        }
    }
}

extension Rule where Value == APIKeyID {
    /// A key's id.
    static var keyID: Self {
        Rule("a key's id, which is a UUID") {
            APIKeyID($0)
        } write: {
            $0.description
        }
    }
}
