/// What operators see of a job: everything but its tables.
public struct JobRecord: Sendable {
    /// Where it stands.
    public var status: JobStatus
    /// Who submitted it.
    public var client: String
    /// What was asked, without the data.
    public var input: JobInput
    /// Bytes of the data; nil without data.
    public var dataBytes: Int?
    /// Which worker holds it.
    public var worker: String?
    /// How often a worker was lost with it.
    public var losses: Int
    /// What has come of it, without the table.
    public var result: JobResult
    /// Bytes of the resulting table; nil without one.
    public var resultBytes: Int?

    /// Gathers what is known.
    public init(
        status: JobStatus, client: String, input: JobInput, dataBytes: Int?, worker: String?, losses: Int,
        result: JobResult, resultBytes: Int?
    ) {
        self.status = status
        self.client = client
        self.input = input
        self.dataBytes = dataBytes
        self.worker = worker
        self.losses = losses
        self.result = result
        self.resultBytes = resultBytes
    }
}
