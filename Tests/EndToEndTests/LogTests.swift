import Foundation
import JSON
import Kafka
import TestSupport
import Testing

@Suite("The log of a running service")
struct LogTests {
    private static let job = #"{"query_text":"Посчитай сумму","category":"analysis","input_data":[[1,2],[3,4]]}"#
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"

    @Test("tells the trace on each line of a request and its job, in every process, and Kafka's messages carry it")
    func traces() async throws {
        try await Site.with { site in
            let broker = try await site.startBroker()
            let api = try await site.serve(.api, broker.settings.merging(["LOG_LEVEL": "debug"]) { _, new in new })
            let worker = try await site.work(broker.settings)
            try await KafkaOutsider.with(broker.servers, reading: [broker.requests, broker.responses]) { outsider in
                let answer = try await api.client.post(
                    "/api/ai/process", json: Self.job,
                    ["traceparent": "00-\(Self.trace)-00f067aa0ba902b7-01", "Prefer": "wait=50"])
                #expect(answer.status == 200)
                try await eventually("the trace in both messages") {
                    let carrying = [broker.requests, broker.responses].filter { topic in
                        outsider.messages(of: topic).contains { message in
                            message.headers.contains { header in
                                header.name == "traceparent"
                                    && String(decoding: header.value ?? [], as: UTF8.self).contains(Self.trace)
                            }
                        }
                    }
                    return carrying.count == 2 ? () : nil
                }
            }
            let done = try await worker.logged("job completed")
            #expect(done["trace_id"]?.stringValue == Self.trace)
            #expect(try await worker.logged("model call")["trace_id"]?.stringValue == Self.trace)
            let request = try await eventually("the request's line") {
                try api.program.log().first { $0["route"] == "/api/ai/process" }
            }
            #expect(request["trace_id"]?.stringValue == Self.trace)
            #expect(request["request_id"]?.stringValue?.isEmpty == false)
        }
    }

    @Test("changes its level by an administrator's wish, until SIGHUP brings back what the settings say")
    func wish() async throws {
        try await Site.with { site in
            let service = try await site.serve(.api, ["ADMIN_API_KEY": "administrators-own", "LOG_LEVEL": "notice"])
            let path = "/api/admin/log-level"
            let key = ["X-API-Key": "administrators-own", "Content-Type": "application/json"]
            let changed = try await service.client.send("PUT", path, key, body: Array(#"{"level":"debug"}"#.utf8))
            #expect(try changed.json["level"] == "debug" && changed.json["configured"] == "notice")
            _ = try await service.client.get("/livez")
            _ = try await service.program.logged("the log's level was changed")
            try await eventually("a request's line") {
                try service.program.log().contains { $0["route"] == "/livez" } ? () : nil
            }
            service.program.process.send(SIGHUP)
            _ = try await service.program.logged("the log was opened anew")
            #expect(try await service.client.get(path, key).json["level"] == "notice")
        }
    }

    @Test("changes its level at SIGHUP by what the .env file says then, and opens its file anew")
    func hangUp() async throws {
        try await Site.with { site in
            let files = try ToolFolder()
            defer { files.remove() }
            let environment = try files.write("LOG_LEVEL=info\n", to: "service.env")
            let log = files.path + "/service.log"
            let service = try await site.serve(.all, ["GIGAOFFICE_ENV_FILE": environment, "LOG_FILE": log])
            _ = try await service.client.get("/livez")
            #expect(try service.program.log().contains { $0["route"] == "/livez" } == false)
            try FileManager.default.moveItem(atPath: log, toPath: log + ".moved")
            _ = try files.write("LOG_LEVEL=debug\n", to: "service.env")
            service.program.process.send(SIGHUP)
            _ = try await service.program.logged("the log was opened anew")
            _ = try await service.client.get("/livez")
            try await eventually("a request's line in the new file") {
                let text = FileManager.default.contents(atPath: log).map { String(decoding: $0, as: UTF8.self) }
                return text?.contains(#""route":"/livez""#) == true ? () : nil
            }
            let moved = try String(contentsOfFile: log + ".moved", encoding: .utf8)
            #expect(moved.contains(#""message":"listening""#))
            #expect(!moved.contains(#""route":"/livez""#))
        }
    }
}
