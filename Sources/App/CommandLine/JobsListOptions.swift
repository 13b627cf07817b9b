import Domain

/// Which jobs to list, and how.
struct JobsListOptions: Sendable, Equatable {
    var state: JobState?
    var client: String?
    var limit = 20
    var asJSON = false
    var environmentFile: String?
}
