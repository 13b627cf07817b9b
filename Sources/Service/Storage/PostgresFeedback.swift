public import Domain
import Postgres

/// Feedback in PostgreSQL.
public struct PostgresFeedback: FeedbackStore {
    private let database: DatabaseClients

    private static let insert = PostgresStatement(
        "feedback_insert",
        """
        INSERT INTO ai_responses (ai_request_id, text_response, rating, comment)
        SELECT id, $2::text, $3::boolean, $4::text FROM ai_requests
        WHERE id = $1::uuid AND ($5::text IS NULL OR client_id = $5)
            AND ($6::boolean OR client_id NOT LIKE '\(ClientName.keyMark)%')
        RETURNING id, \(Statements.microseconds("created_at")),
            (SELECT category FROM ai_requests WHERE id = $1::uuid)
        """)

    /// A store on the given connections.
    public init(_ database: DatabaseClients) {
        self.database = database
    }

    /// One statement, which inserts only what has its job.
    public func add(
        _ draft: FeedbackDraft, to job: JobID, for viewer: JobViewer
    ) async throws(StoreError) -> Feedback? {
        var client: String?
        if case .client(let name) = viewer { client = name }
        let rows = try await database.execute(
            Self.insert(
                .text(job.description), .optional(draft.text), draft.rating.map(PostgresValue.bool) ?? .null,
                .optional(draft.comment), .optional(client), .bool(viewer != .keyless)))
        return try rows.first.map { row throws(StoreError) in
            Feedback(
                id: row.integer(0) ?? 0, job: job, draft: draft, createdAt: try row.time(1), category: row.string(2))
        }
    }
}
