public import JSON
public import Telemetry

/// What a client asks for, checked: it fits the limits and PostgreSQL can store it.
public struct JobInput: Sendable, Equatable {
    /// Longest query, in characters.
    public static let maximumQueryLength = 32_000
    /// Longest range or category text, in characters.
    public static let maximumRangeLength = 50
    /// The most digits of a number in the table when it is written without an exponent: enough for every double.
    public static let maximumNumberDigits = 400

    /// The request in the person's words.
    public var query: String
    /// Where the data came from, as the client wrote it.
    public var inputRange: String?
    /// A category name; nil to have the job classified.
    public var category: String?
    /// The table as an array of rows of scalars, or nil. As text, since a job mostly waits.
    public var data: JSONText?
    /// Where the answer is wished, as the client wrote it.
    public var outputRange: String?
    /// How urgent it is.
    public var priority: JobPriority
    /// The model that the client named, `model` or `provider/model`; nil leaves the choice to the routing.
    public var model: String?
    /// The trace that the job is part of; nil for one that was stored before there were traces.
    public var trace: TraceContext?

    /// Gathers checked parts.
    public init(
        query: String, inputRange: String? = nil, category: String? = nil, data: JSONText? = nil,
        outputRange: String? = nil, priority: JobPriority = .normal, model: String? = nil
    ) {
        self.query = query
        self.inputRange = inputRange
        self.category = category
        self.data = data
        self.outputRange = outputRange
        self.priority = priority
        self.model = model
    }
}
