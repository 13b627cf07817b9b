import Domain
import EventLoop
import Telemetry
import TestSupport
import Testing
import Worker

@Suite("Spans of a worker")
struct WorkerSpanTests {
    private static func spans(_ delivery: JobDelivery) async throws -> (spans: [Span], asked: TraceContext?) {
        var bench = WorkerBench(ScriptedModel(.answer("[[1]]")), [delivery])
        bench.spans = SpanQueue(limit: 10)
        try await bench.run { (bench, worker) async throws in
            #expect(try await bench.acknowledged(1, on: worker.loop))
        }
        return (bench.spans.take(10).spans, bench.model.requests.first?.context.trace)
    }

    @Test("a job's try is caused by the span that the message names, and has the model asked as part of it")
    func known() async throws {
        let cause = try #require(
            TraceContext(traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"))
        let value = Array(#"{"query":"q","category":"generation"}"#.utf8)
        let place = QueuePosition(topic: "requests", partition: 0, offset: 1)
        let (spans, asked) = try await Self.spans(JobDelivery(position: place, key: nil, value: value, trace: cause))
        #expect(spans.map(\.name) == ["job"])
        #expect(spans[0].parentSpanID == cause.spanID && spans[0].context.traceID == cause.traceID)
        #expect(spans[0].context.spanID != cause.spanID)
        #expect(asked == spans[0].context)
    }

    @Test("the trace of a message that names none begins with the job's adoption")
    func own() async throws {
        let (spans, asked) = try await Self.spans(delivery(jobID(1), at: 1))
        #expect(spans.map(\.name) == ["adopt job", "job"])
        #expect(spans[0].parentSpanID == nil && spans[0].context == TraceContext(namedAfter: jobID(1)))
        #expect(spans[1].parentSpanID == spans[0].context.spanID)
        #expect(asked == spans[1].context)
    }
}
