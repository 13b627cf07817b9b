/// The version of this program (semantic versioning).
enum ProgramVersion {
    /// The number alone.
    static let current = "0.1.0"
}
