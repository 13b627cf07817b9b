import Telemetry
import Testing

@Suite("Trace context")
struct TraceContextTests {
    private static let right = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"

    @Test("a traceparent is read and written as it was")
    func reading() throws {
        let context = try #require(TraceContext(traceparent: Self.right))
        #expect(context.traceID == "4bf92f3577b34da6a3ce929d0e0e4736")
        #expect(context.spanID == "00f067aa0ba902b7")
        #expect(context.isSampled)
        #expect(context.traceparent == Self.right)
    }

    @Test(
        "only the last bit of the flags says that the trace is recorded",
        arguments: [
            ("00", false), ("01", true), ("02", false), ("ff", true), ("fe", false), ("0a", false), ("0b", true),
        ])
    func flags(flags: String, isSampled: Bool) throws {
        let context = try #require(TraceContext(traceparent: Self.right.dropLast(2) + flags))
        #expect(context.isSampled == isSampled)
    }

    @Test(
        "what is wrong in any point is no context",
        arguments: [
            "", "00", String(right.dropLast()), right + "-x", right + "0", right.uppercased(),
            "ff" + right.dropFirst(2),
            "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
            "00-4bf92f3577b34da6a3ce929d0e0e473g-00f067aa0ba902b7-01",
            "00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01", " " + right, "01" + right.dropFirst(2) + "x",
        ])
    func malformed(text: String) {
        #expect(TraceContext(traceparent: text) == nil)
    }

    @Test("of a later version what is known is read, and this version is passed on")
    func laterVersion() throws {
        let context = try #require(TraceContext(traceparent: "01" + Self.right.dropFirst(2) + "-more"))
        #expect(context.traceparent == Self.right)
    }

    @Test("a child has its parent's trace and a span of its own; a new trace is like no other")
    func children() throws {
        let parent = TraceContext.new()
        let child = parent.child()
        #expect(child.traceID == parent.traceID)
        #expect(child.spanID != parent.spanID)
        #expect(TraceContext(traceparent: child.traceparent) == child)
        #expect(TraceContext.new().traceID != parent.traceID)
    }
}
