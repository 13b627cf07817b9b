import Domain

/// Which jobs a command is about.
struct JobsOptions: Sendable, Equatable {
    var ids: [JobID] = []
    var asJSON = false
    var environmentFile: String?
}
