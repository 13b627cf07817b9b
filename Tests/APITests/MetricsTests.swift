import API
import Domain
import EventLoop
import JSON
import TestSupport
import Testing

@Suite("API: metrics", .timeLimit(.minutes(10)))
struct MetricsTests {
    private static let scrape =
        "Accept: application/openmetrics-text;version=1.0.0;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"

    private func lines(_ test: TestAPI) async throws -> [String] {
        try await test.get("/metrics").text.split(separator: "\n").map(String.init)
    }

    @Test("requests are counted by route, method and status; the route is the pattern, not what stood in its place")
    func requests() async throws {
        try await TestAPI.with { test in
            _ = try await test.get("/livez")
            _ = try await test.ask("HEAD", "/livez")
            _ = try await test.get("/api/ai/status/\(JobID.sampleText)")
            _ = try await test.get("/nowhere/\(JobID.sampleText)")
            _ = try await test.ask("BREW", "/livez")
            let lines = try await lines(test)
            for labels in [
                #"route="/livez",method="GET",status="200""#, #"route="/livez",method="HEAD",status="200""#,
                #"route="/api/ai/status/{request_id}",method="GET",status="404""#,
                #"route="none",method="GET",status="404""#, #"route="none",method="other",status="501""#,
            ] {
                #expect(lines.contains("http_server_request_duration_seconds_count{\(labels)} 1"), "\(labels)")
                #expect(lines.contains("http_server_request_duration_seconds_bucket{\(labels),le=\"+Inf\"} 1"))
            }
            #expect(!lines.contains { $0.contains(JobID.sampleText) || $0.contains("BREW") })
            #expect(lines.contains("http_server_active_requests 1"), "the one for the metrics")
        }
    }

    @Test("the content of requests and responses is counted as it crossed the wire")
    func bytes() async throws {
        try await TestAPI.with { test in
            let body = #"{"query_text":"q"}"#
            let answer = try await test.process(body)
            let labels = #"{route="/api/ai/process",method="POST"}"#
            let lines = try await lines(test)
            #expect(lines.contains("http_server_request_body_bytes_total\(labels) \(body.utf8.count)"))
            #expect(lines.contains("http_server_response_body_bytes_total\(labels) \(answer.body.count)"))
        }
    }

    @Test("a streamed answer counts until its end, with the content that was sent")
    func streams() async throws {
        try await TestAPI.with { test in
            let answer = try await test.chat(#"{"model":"m","messages":[{"role":"user","content":"x"}],"stream":true}"#)
            #expect(answer.status == 200)
            let route = "/v1/chat/completions"
            let sent = try await eventually("the stream in the metrics") {
                try await lines(test).first {
                    $0.hasPrefix(#"http_server_response_body_bytes_total{route="\#(route)",method="POST"} "#)
                }
            }
            #expect(sent.split(separator: " ").last.flatMap { Int($0) } ?? 0 > 20)
            #expect(try await lines(test).contains("http_server_active_requests 1"))
        }
    }

    @Test("Prometheus gets OpenMetrics when it names that and likes it no less than plain text; others get plain text")
    func formats() async throws {
        try await TestAPI.with { test in
            let open = try await test.get("/metrics", [Self.scrape])
            #expect(open["content-type"] == "application/openmetrics-text; version=1.0.0; charset=utf-8")
            #expect(open.text.hasSuffix("# EOF\n"))
            for fields in [[], ["Accept: text/plain, application/openmetrics-text;q=0.5"], ["Accept: */*"]] {
                let plain = try await test.get("/metrics", fields)
                #expect(plain["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
                #expect(!plain.text.contains("# EOF"))
                #expect(plain["cache-control"] == "no-store")
            }
        }
    }

    @Test("feedback is counted by the job's category and by opinion, uses of presets by preset")
    func feedback() async throws {
        try await TestAPI.with { test in
            test.prompts.state.withLock { $0.jobs = [.sample] }
            let id = JobID.sampleText
            for rating in ["true", "true", "false", "null"] {
                _ = try await test.post("/api/ai/response", #"{"ai_request_id":"\#(id)","rating":\#(rating)}"#)
            }
            _ = try await test.process(#"{"query_text":" Составь сводку"}"#)
            let lines = try await lines(test)
            #expect(lines.contains { $0.hasPrefix("gigaoffice_preset_uses_total{") && $0.hasSuffix(" 1") })
            #expect(lines.contains(#"gigaoffice_feedback_total{category="analysis",rating="up"} 2"#))
            #expect(lines.contains(#"gigaoffice_feedback_total{category="analysis",rating="down"} 1"#))
            #expect(lines.contains(#"gigaoffice_feedback_total{category="analysis",rating="none"} 1"#))
        }
    }

    @Test("/api/metrics tells a period's jobs, all together and by category, with the fields that clients know first")
    func report() async throws {
        try await TestAPI.with { test in
            var numbers = PeriodNumbers()
            numbers.completed = 3
            numbers.failed = 1
            numbers.timed = 4
            numbers.seconds = 2
            numbers.tokens = TokenUsage(prompt: 30, completion: 12, precached: 5)
            numbers.ratedUp = 2
            let all = numbers
            test.statistics.categories.withLock { $0 = ["analysis": all, "": PeriodNumbers()] }
            let answer = try await test.get("/api/metrics?period=hour")
            #expect(answer.status == 200)
            #expect(answer["content-type"] == "application/json")
            let rest =
                #""total_requests":4,"successful_requests":3,"failed_requests":1,"cancelled_requests":0,"#
                + #""avg_processing_time":0.5,"total_tokens_used":42,"tokens":{"prompt":30,"completion":12,"#
                + #""precached":5},"feedback":{"up":2,"down":0}"#
            #expect(answer.text.hasPrefix(#"{"period":"hour","from":"1970-01-01T00:00:00.000000Z","to":"#))
            #expect(answer.text.contains(#""to":"1970-01-01T01:00:00.000000Z",\#(rest),"categories":["#))
            #expect(answer.json["categories"]?[0]?["category"] == .null)
            #expect(answer.json["categories"]?[0]?["avg_processing_time"]?.doubleValue == 0)
            #expect(answer.text.contains(#"{"category":"analysis",\#(rest)}"#))
        }
    }

    @Test("without a period it is a day; an unknown one gives 422 that names those there are", arguments: ["", "year"])
    func periods(period: String) async throws {
        try await TestAPI.with { test in
            #expect(try await test.get("/api/metrics").json["period"] == "day")
            let answer = try await test.get("/api/metrics?period=\(period)", ["Accept-Language: en"])
            answer.expectProblem(422, instance: "/api/metrics")
            #expect(answer.json["detail"]?.stringValue?.contains("hour, day, week, month") == true)
            #expect(answer.json["errors"]?[0]?["loc"] == ["query", "period"])
        }
    }

    @Test("a Prometheus at /api/metrics gets the text; a browser or a client that wants JSON does not")
    func scrapeOfReport() async throws {
        try await TestAPI.with { test in
            let text = try await test.get("/api/metrics", [Self.scrape])
            #expect(text.text.contains("# TYPE http_server_active_requests gauge"))
            for accept in ["application/json", "*/*", "application/json, text/plain;q=0.9", "text/html,*/*;q=0.8"] {
                let answer = try await test.get("/api/metrics", ["Accept: \(accept)"])
                #expect(answer["content-type"] == "application/json", "\(accept)")
            }
        }
    }

    @Test("a database that is away is a 503, not a wrong number")
    func outage() async throws {
        try await TestAPI.with { test in
            test.statistics.isAway.withLock { $0 = true }
            try await test.get("/api/metrics").expectProblem(503)
        }
    }
}
