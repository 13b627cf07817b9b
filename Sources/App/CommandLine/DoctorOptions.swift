/// How to look at a deployment.
struct DoctorOptions: Sendable, Equatable {
    /// Nil for that of the surroundings.
    var language: Wording.Language?
    var asJSON = false
    /// The `.env` file to read in place of every other.
    var environmentFile: String?
}
