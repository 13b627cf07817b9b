public import JSON

/// The answer to a job.
public struct JobOutput: Sendable, Equatable {
    /// The table; nil when the answer is text only.
    public var table: ResultTable?
    /// The text answer, if there is one.
    public var message: String?
    /// Where the table goes, if that is known.
    public var outputRange: String?
    /// The category that was used.
    public var category: String
    /// What it cost; once stored, with all earlier tries.
    public var tokens: TokenUsage
    /// The model that answered, as the provider names it.
    public var model: String
    /// The provider's name.
    public var provider: String
    /// What it cost in money, as far as its calls are recorded; nil without prices.
    public var cost: JobCost?
    /// What a person should look at before relying on the table.
    public var warnings: [JobWarning]

    /// About what it takes: the bytes of its table and its text.
    public var bytes: Int { (table?.bytes ?? 0) + (message?.utf8.count ?? 0) }

    /// Gathers an answer. What PostgreSQL could not store is replaced: NUL characters by U+FFFD, numbers beyond all
    /// bounds by their text.
    public init(
        table: JSONValue?, message: String?, outputRange: String?, category: String, tokens: TokenUsage,
        model: String, provider: String, warnings: [JobWarning] = []
    ) {
        self.init(
            stored: table.map { ResultTable($0.storable) }, message: message?.storable,
            outputRange: outputRange?.storable, category: category.storable, tokens: tokens, model: model.storable,
            provider: provider.storable, warnings: warnings)
    }

    /// An answer that was stored, as it was stored.
    public init(
        stored table: ResultTable?, message: String?, outputRange: String?, category: String, tokens: TokenUsage,
        model: String, provider: String, warnings: [JobWarning] = []
    ) {
        self.table = table
        self.message = message
        self.outputRange = outputRange
        self.category = category
        self.tokens = tokens
        self.model = model
        self.provider = provider
        self.warnings = warnings
    }
}
