import Domain
import JSON
import Telemetry
import TestSupport
import Testing

@Suite("API: traces", .timeLimit(.minutes(10)))
struct TraceTests {
    private static let caller = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    private func trace(_ test: TestAPI, _ fields: [String] = []) async throws -> (JobID, TraceContext) {
        let answer = try await test.process(#"{"query_text":"q"}"#, fields)
        let id = try #require(answer.json["request_id"]?.stringValue.flatMap { JobID($0) })
        return (id, try #require(test.store.jobs[id]?.input.trace))
    }

    @Test("a job is part of the trace that its client names, as a span of its own")
    func callersTrace() async throws {
        try await TestAPI.with { test in
            let (_, trace) = try await trace(test, ["traceparent: \(Self.caller)"])
            #expect(trace.traceID == "4bf92f3577b34da6a3ce929d0e0e4736")
            #expect(trace.spanID != "00f067aa0ba902b7")
            #expect(trace.isSampled)
        }
    }

    @Test(
        "without a right traceparent a job's trace has the job's name",
        arguments: [[], ["traceparent: "], ["traceparent: 00-1-2-3"], ["traceparent: \(caller)x"]])
    func ownTrace(fields: [String]) async throws {
        try await TestAPI.with { test in
            let (id, trace) = try await trace(test, fields)
            #expect(trace.traceID == id.description.replacing("-", with: ""))
        }
    }

    @Test("a conversation's call goes on with the trace")
    func conversation() async throws {
        try await TestAPI.with { test in
            let body = #"{"model":"m","messages":[{"role":"user","content":"x"}]}"#
            _ = try await test.chat(body, ["traceparent: \(Self.caller)"])
            #expect(test.model.now.request?.context.trace?.traceID == "4bf92f3577b34da6a3ce929d0e0e4736")
        }
    }
}
