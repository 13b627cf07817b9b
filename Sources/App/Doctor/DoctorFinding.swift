/// What one check has found.
struct DoctorFinding: Sendable, Equatable {
    /// How bad it is.
    enum Level: String, Sendable {
        /// As it should be.
        case ok
        /// It works, but not as well or as safely as it should.
        case warn
        /// It does not work, or must not be so.
        case fail
    }

    let level: Level
    /// What was looked at: `database`, `topic gigaoffice-requests`.
    let subject: String
    /// How it is.
    let detail: Wording
    /// What to do about it; nil where nothing is to be done.
    let advice: Wording?

    static func ok(_ subject: String, _ detail: Wording) -> DoctorFinding {
        DoctorFinding(level: .ok, subject: subject, detail: detail, advice: nil)
    }

    static func warn(_ subject: String, _ detail: Wording, _ advice: Wording) -> DoctorFinding {
        DoctorFinding(level: .warn, subject: subject, detail: detail, advice: advice)
    }

    static func fail(_ subject: String, _ detail: Wording, _ advice: Wording) -> DoctorFinding {
        DoctorFinding(level: .fail, subject: subject, detail: detail, advice: advice)
    }
}
