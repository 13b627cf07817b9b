import Domain

/// What key to make.
struct KeysCreateOptions: Sendable, Equatable {
    var name: String?
    var scopes: Set<Scope> = APIKeyDraft.usualScopes
    var end: KeyEnd?
    /// Requests a minute in place of the usual limits.
    var rate: Int?
    var asJSON = false
    var environmentFile: String?
}
