import Telemetry
import Testing

@Suite("Spans on their way")
struct SpanQueueTests {
    private func span(_ name: String) -> Span {
        Span(name, .server, .new(), parentSpanID: nil, duration: .milliseconds(5))
    }

    @Test("are taken in order, a bounded number at a time")
    func order() {
        let queue = SpanQueue(limit: 10)
        for name in ["a", "b", "c"] { queue.add(span(name)) }
        #expect(queue.take(2).spans.map(\.name) == ["a", "b"])
        #expect(queue.take(2).spans.map(\.name) == ["c"])
        #expect(queue.take(2).spans.isEmpty)
    }

    @Test("that find no room are lost, and counted once")
    func bound() {
        let queue = SpanQueue(limit: 2)
        for name in ["a", "b", "c", "d"] { queue.add(span(name)) }
        let (spans, lost) = queue.take(10)
        #expect(spans.count == 2)
        #expect(lost == 2)
        #expect(queue.take(10).lost == 0)
    }

    @Test("are not even made where nobody wants them")
    func disabled() {
        var made = 0
        func make() -> Span {
            made += 1
            return span("a")
        }
        SpanQueue.disabled.add(make())
        #expect(made == 0)
        #expect(!SpanQueue.disabled.isEnabled)
    }

    @Test("begin as long before their end as they took")
    func times() {
        let span = span("a")
        #expect(span.end.microseconds - span.start.microseconds == 5_000)
    }
}
