public import Telemetry

/// On whose behalf a model is called, and how long that may take.
public struct CallContext: Sendable, Equatable {
    /// Names the call in our logs and in the provider's: the job's id or the HTTP request's.
    public var requestID: String
    /// The job that it is made for; nil for what clients ask themselves.
    public var job: JobID?
    /// Who wants the answer; clients take turns when slots are scarce.
    public var client: String
    /// For whom the client wants it, in its own words. The journal has it, turns do not go by it: a client that names
    /// many users would get more than its share.
    public var user: String?
    /// Calls that share a beginning share this; providers that cache prompts do it by session.
    public var session: String?
    /// Which try of the job this is, from 1.
    public var attempt: Int
    /// Everything together: waiting for a slot, tokens of access, tries, pauses.
    public var timeBudget: Duration
    /// The longest that the call waits for one slot; nil for all of the budget.
    public var longestSlotWait: Duration?
    /// The trace that the call is part of, with the span that it is made for.
    public var trace: TraceContext?

    /// A call. Requests that are nobody's in particular share the client `""`.
    public init(
        requestID: String, job: JobID? = nil, client: String = "", session: String? = nil, attempt: Int = 1,
        timeBudget: Duration = .seconds(300), trace: TraceContext? = nil
    ) {
        self.requestID = requestID
        self.job = job
        self.client = client
        self.session = session
        self.attempt = attempt
        self.timeBudget = timeBudget
        self.trace = trace
    }
}
