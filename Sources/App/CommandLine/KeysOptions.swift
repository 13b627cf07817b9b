import Domain

/// Which keys a command is about.
struct KeysOptions: Sendable, Equatable {
    var ids: [APIKeyID] = []
    var asJSON = false
    var environmentFile: String?
}
