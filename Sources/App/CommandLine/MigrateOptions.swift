/// How to bring the database up to date.
struct MigrateOptions: Sendable, Equatable {
    /// Only say what is missing, and change nothing.
    var checksOnly = false
    var environmentFile: String?
}
