import Domain
import HTTP
import HTTPServer
import Telemetry

extension Request {
    /// The caller's trace with a span of ours, where the caller has sent a right `traceparent`; else a trace of its
    /// own. The same each time.
    var traceContext: TraceContext { traceContext { .new() } }

    /// The same, but a trace of its own gets the name of the job that the request submits.
    func traceContext(for job: JobID) -> TraceContext {
        traceContext { TraceContext(namedAfter: job) }
    }

    /// What the client has sent.
    var callersTrace: TraceContext? { head.first("traceparent").flatMap { TraceContext(traceparent: $0) } }

    private func traceContext(orNew make: () -> TraceContext) -> TraceContext {
        let caller = caller
        if let known = caller.trace { return known }
        let context = callersTrace?.child() ?? make()
        caller.trace = context
        return context
    }
}
