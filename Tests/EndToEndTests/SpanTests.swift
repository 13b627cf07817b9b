import EventLoop
import JSON
import TestSupport
import Testing

@Suite("Spans of a running service")
struct SpanTests {
    private static let job = #"{"query_text":"Посчитай сумму","category":"analysis","input_data":[[1,2],[3,4]]}"#
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"

    @Test("reach the collector: the request, the job and the model's call, all of the client's trace")
    func collected() async throws {
        let bodies = Lock<[[UInt8]]>([])
        try await CannedServer.with { peer, _ in
            guard let request = try await peer.request() else { return }
            bodies.withLock { $0.append(request.body) }
            try await peer.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}")
        } _: { collector, _ in
            let endpoint = collector.url("")
            try await Site.with { site in
                let service = try await site.serve(.all, ["OTEL_EXPORTER_OTLP_ENDPOINT": endpoint])
                let answer = try await service.client.post(
                    "/api/ai/process", json: Self.job,
                    ["traceparent": "00-\(Self.trace)-00f067aa0ba902b7-01", "Prefer": "wait=50"])
                #expect(answer.status == 200)
                let spans = try await eventually("three spans of the trace") {
                    let spans = try bodies.withLock { $0 }.flatMap { body in
                        try JSONParser().parse(body)["resourceSpans"]?[0]?["scopeSpans"]?[0]?["spans"]?.arrayValue ?? []
                    }.filter { $0["traceId"]?.stringValue == Self.trace }
                    return spans.count >= 3 ? spans : nil
                }
                let names = Set(spans.compactMap { $0["name"]?.stringValue })
                #expect(names == ["POST /api/ai/process", "job", "chat dryrun"])
                let server = spans.first { $0["name"] == "POST /api/ai/process" }
                #expect(server?["parentSpanId"] == "00f067aa0ba902b7")
                for span in spans where span["name"] != "POST /api/ai/process" {
                    #expect(span["parentSpanId"] == server?["spanId"])
                }
            }
        }
    }
}
