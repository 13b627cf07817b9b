public import Telemetry

/// Feedback that is stored.
public struct Feedback: Sendable, Equatable {
    /// Its number.
    public let id: Int64
    /// The job it is about.
    public let job: JobID
    /// What the person said.
    public let draft: FeedbackDraft
    /// When it was stored.
    public let createdAt: WallTime
    /// The job's category; nil while it has none.
    public let category: String?

    /// Feedback from its parts.
    public init(id: Int64, job: JobID, draft: FeedbackDraft, createdAt: WallTime, category: String? = nil) {
        self.id = id
        self.job = job
        self.draft = draft
        self.createdAt = createdAt
        self.category = category
    }
}
