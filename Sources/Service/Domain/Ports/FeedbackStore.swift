/// Where feedback is kept. May be called from any loop task.
public protocol FeedbackStore: Sendable {
    /// Stores what a person thinks of a job's answer; nil when there is no such job, or none that `viewer` may see.
    func add(
        _ draft: FeedbackDraft, to job: JobID, for viewer: JobViewer
    ) async throws(StoreError) -> Feedback?
}
