public import JSON

/// What a person thinks of an answer.
public struct FeedbackDraft: Sendable, Equatable {
    /// The most characters of the answer's text.
    public static let maximumTextLength = 100_000
    /// The most characters of a comment.
    public static let maximumCommentLength = 10_000

    /// The job whose answer it is about, as the client wrote it.
    public let job: String
    /// The answer, as the client has it.
    public let text: String?
    /// Whether it was good; nil for no opinion.
    public let rating: Bool?
    /// What the person says.
    public let comment: String?

    /// Reads what a client sent, or finds every fault. Unknown fields are ignored.
    public static func read(_ object: JSONObject) -> Result<FeedbackDraft, InputFaults> {
        var fields = FieldReader(object)
        let draft = FeedbackDraft(
            job: fields.required("ai_request_id", atMost: 200),
            text: fields.optional("text_response", atMost: maximumTextLength), rating: fields.flag("rating"),
            comment: fields.optional("comment", atMost: maximumCommentLength))
        return fields.result(draft)
    }
}
