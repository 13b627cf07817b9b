import Foundation
import JSON
import TestSupport
import Testing

@Suite("Metrics of a running service")
struct MetricsTests {
    private static let job = #"{"query_text":"Посчитай сумму","category":"analysis","input_data":[[1,2],[3,4]]}"#

    /// Does jobs until the worker's numbers are in the service's metrics.
    private func doJobs(_ count: Int, _ service: Service) async throws {
        for _ in 0..<count {
            let answer = try await service.client.post("/api/ai/process", json: Self.job, ["Prefer": "wait=50"])
            #expect(answer.status == 200)
        }
    }

    private func text(_ service: Service, at path: String = "/metrics") async throws -> String {
        String(decoding: try await service.client.get(path, ["Accept": "text/plain"]).body, as: UTF8.self)
    }

    /// The value of the series that is written so.
    private func value(_ series: String, _ service: Service) async throws -> Double? {
        let line = try await text(service).split(separator: "\n").first { $0.hasPrefix("\(series) ") }
        return line?.split(separator: " ").last.flatMap { Double($0) }
    }

    @Test(
        "pass promtool's check, names, help and types, and are there for every part of the service",
        .enabled(if: ToolFolder.hasPrometheus, "needs Debian's prometheus: scripts/bootstrap --ci"))
    func promtool() async throws {
        try await Site.with { site in
            let service = try await site.serve()
            try await doJobs(2, service)
            _ = try await service.client.get("/nowhere")
            let files = try ToolFolder()
            defer { files.remove() }
            let page = try await eventually("a lag in the metrics", within: .seconds(60)) {
                let page = try await text(service)
                return page.contains("\nkafka_consumer_lag{") ? page : nil
            }
            let copy = try files.write(page, to: "page.txt")
            let checked = try await files.run("promtool check metrics < '\(copy)'")
            #expect(checked.ending == .exit(0), "\(checked.output)\(checked.errors)")
            for family in [
                "gigaoffice_job_run_seconds_count", "gigaoffice_jobs", "gigaoffice_outbox_entries",
                "gen_ai_client_operation_duration_seconds_count", "gen_ai_client_token_usage_sum",
                "gigaoffice_breaker_state", "database_query_duration_seconds_count", "database_connections",
                "kafka_producer_messages_total", "kafka_consumer_commits_total", "kafka_consumer_rebalances_total",
                "event_loop_lag_seconds_count", "http_server_request_duration_seconds_count",
            ] {
                #expect(page.contains("\n\(family){"), "\(family)")
            }
            for family in ["process_resident_memory_bytes", "process_cpu_seconds_total", "process_threads"] {
                let value = try await value(family, service)
                #expect(value ?? 0 > 0, "\(family)")
            }
        }
    }

    @Test(
        "are scraped by a real Prometheus, which finds the service up and its jobs done",
        .enabled(if: ToolFolder.hasPrometheus, "needs Debian's prometheus: scripts/bootstrap --ci"))
    func prometheus() async throws {
        try await Site.with { site in
            let service = try await site.serve()
            let files = try ToolFolder()
            defer { files.remove() }
            let port = try FreePort.find()
            let configuration = try files.write(
                """
                global: {scrape_interval: 1s, scrape_timeout: 1s}
                scrape_configs:
                  - job_name: gigaoffice
                    static_configs: [{targets: ["127.0.0.1:\(service.client.port)"]}]
                """, to: "prometheus.yml")
            let server = try files.start(
                "exec prometheus --config.file='\(configuration)' --storage.tsdb.path='\(files.path)/data'"
                    + " --web.listen-address=127.0.0.1:\(port) --log.level=warn")
            try await doJobs(3, service)
            let client = PlainClient(port: port)
            let series = "gigaoffice_job_attempts_count"
            for (query, least) in [("up", 1.0), (series, 3), ("http_server_active_requests", 1)] {
                try await eventually("\(query) in Prometheus", within: .seconds(60)) {
                    guard server.process.poll() == nil else { throw Failure("Prometheus ended: \(server.errors)") }
                    return try await answer(to: query, client).map { $0 >= least } == true ? () : nil
                }
            }
            await server.process.stop()
        }
    }

    /// The first value that Prometheus has for a query; nil while there is none, or no Prometheus yet.
    private func answer(to query: String, _ client: PlainClient) async throws -> Double? {
        let answer: JSONValue
        do {
            answer = try await client.get("/api/v1/query?query=\(query)").json
        } catch {
            return nil
        }
        return answer["data"]?["result"]?[0]?["value"]?[1]?.stringValue.flatMap { Double($0) }
    }

    @Test("a period's report is the same from every process, and after a restart")
    func report() async throws {
        try await Site.with { site in
            let broker = try await site.startBroker()
            let first = try await site.serve(.all, broker.settings)
            let second = try await site.serve(.api, broker.settings)
            try await doJobs(3, first)
            try await doJobs(2, second)
            for service in [first, second, try await site.serve(.api, broker.settings)] {
                let report = try await eventually("five jobs in the report", within: .seconds(60)) {
                    let report = try await service.client.get("/api/metrics?period=hour").json
                    return report["successful_requests"] == 5 ? report : nil
                }
                #expect(report["total_requests"] == 5)
                #expect(report["failed_requests"] == 0)
                #expect(report["total_tokens_used"] == .integer(5 * 18))
                #expect(report["avg_processing_time"]?.doubleValue ?? 0 > 0)
                #expect(report["categories"]?[0]?["category"]?.stringValue == "analysis")
            }
        }
    }

    @Test("a process that only works answers on a port of its own for metrics, health and its log's level, for no jobs")
    func workerPort() async throws {
        try await Site.with { site in
            let port = try FreePort.find()
            let broker = try await site.startBroker()
            let api = try await site.serve(.api, broker.settings)
            let settings = [
                "METRICS_PORT": String(port), "ADMIN_API_KEY": "administrators-own", "API_KEYS_REQUIRED": "true",
            ]
            _ = try await site.work(broker.settings.merging(settings) { _, new in new })
            let worker = Service(program: api.program, client: PlainClient(port: port))
            try await doJobs(1, api)
            let labels = #"{category="analysis",source="http",state="completed"}"#
            try await eventually("the job in the worker's metrics") {
                try await value("gigaoffice_job_run_seconds_count\(labels)", worker) == 1 ? () : nil
            }
            #expect(try await worker.client.get("/livez").status == 200)
            #expect(try await worker.client.post("/api/ai/process", json: Self.job).status == 404)
            // Only those who may administer learn of the log's level, and change it in this process alone.
            #expect(try await worker.client.get("/api/admin/log-level").status == 401)
            let admin = ["X-API-Key": "administrators-own"]
            let before = try await worker.client.get("/api/admin/log-level", admin)
            #expect(before.status == 200)
            let changed = try await worker.client.send(
                "PUT", "/api/admin/log-level", admin.merging(["Content-Type": "application/json"]) { $1 },
                body: Array(#"{"level":"error"}"#.utf8))
            #expect(try changed.json["level"] == "error" && changed.json["process"] == before.json["process"])
            #expect(try await worker.client.get("/api/admin/log-level", admin).json["level"] == "error")
        }
    }

    @Test("can be turned off: then there is no page, and jobs are done as ever")
    func off() async throws {
        try await Site.with { site in
            let service = try await site.serve(.all, ["METRICS_ENABLED": "false"])
            try await doJobs(1, service)
            #expect(try await service.client.get("/metrics").status == 404)
            #expect(try await service.client.get("/api/metrics", ["Accept": "text/plain"]).json["period"] == "day")
        }
    }
}
