public import Telemetry

extension TraceContext {
    /// The trace of a job whose client has none of its own: it has the job's name, unless that would be no right one.
    public init(namedAfter job: JobID) {
        let digits = job.digits
        self = TraceContext(traceparent: "00-\(digits)-\(digits.suffix(16))-00") ?? .new()
    }
}
