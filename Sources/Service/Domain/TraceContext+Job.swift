public import Telemetry

extension TraceContext {
    /// The trace of a job whose client has none of its own: it has the job's name, unless that would be no right one.
    public init(namedAfter job: JobID) {
        self = TraceContext(trace: job.halves, span: job.halves.low) ?? .new()
    }
}
