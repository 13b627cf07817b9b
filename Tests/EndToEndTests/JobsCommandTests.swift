import JSON
import TestSupport
import Testing

@Suite("The commands for jobs")
struct JobsCommandTests {
    private static let job = #"{"query_text":"Посчитай сумму","category":"analysis","input_data":[[1,2]]}"#

    private func lines(_ text: String) throws -> [JSONValue] {
        try text.split(separator: "\n").map { try JSONParser().parse(String($0)) }
    }

    @Test("list, show, cancel and retry jobs while a service runs")
    func operate() async throws {
        try await Site.with { site in
            let service = try await site.serve(.all, ["DRYRUN_SCRIPT": "401"])
            let id = try await service.submit(Self.job)
            #expect(try await service.result(waitedFor: id)["status"] == "failed")
            let list = try await site.run(["jobs", "list", "--status", "failed"])
            #expect(list.ending == .exit(0))
            #expect(list.output.hasPrefix("ID ") && list.output.contains(id) && list.output.contains("auth: "))
            let shown = try lines(try await site.run(["jobs", "show", id, "--json"]).output)
            #expect(shown.first?["error"]?["class"] == "auth")
            #expect(shown.first?["query_text"] == "Посчитай сумму")
            #expect(shown.first?["input_data"] == nil)
            let page = try await site.run(["jobs", "show", id])
            #expect(page.output.contains("Посчитай сумму"))
            let retried = try await site.run(["jobs", "retry", id])
            #expect(retried.ending == .exit(0))
            #expect(retried.output == "\(id) queued\n")
            #expect(try await service.result(waitedFor: id)["status"] == "failed")
            #expect(try await service.status(id)["attempts"] == 1)
            #expect(try await site.run(["jobs", "cancel", id]).ending == .exit(1))
        }
    }

    @Test("show what was asked of models for a job, and what that cost")
    func calls() async throws {
        try await Site.with { site in
            let prices = ["MODEL_PRICES": "dryrun/*=100", "MODEL_CURRENCY": "XTS", "DRYRUN_DELAY_MS": "0"]
            let service = try await site.serve(.all, prices)
            let id = try await service.submit(Self.job)
            #expect(try await service.result(waitedFor: id)["status"] == "completed")
            let shown = try await eventually("the call is recorded") {
                let line = try lines(try await site.run(["jobs", "show", id, "--json"]).output).first
                return line?["calls"]?.arrayValue?.isEmpty == false ? line : nil
            }
            let call = try #require(shown["calls"]?[0])
            #expect(call["stage"] == "generation" && call["provider"] == "dryrun" && call["outcome"] == "ok")
            #expect(call["tokens"]?["prompt"] == 10 && call["attempts"] == 1)
            #expect(shown["cost"] == ["XTS": "0.0018"])
            let page = try await site.run(["jobs", "show", id])
            #expect(page.output.contains("dryrun/dryrun") && page.output.contains("0.0018 XTS"))
        }
    }

    @Test("cancel a job that a service runs")
    func cancel() async throws {
        try await Site.with { site in
            let service = try await site.serve(.all, ["DRYRUN_DELAY_MS": "60000"])
            let id = try await service.submit(Self.job)
            let cancelled = try await site.run(["jobs", "cancel", id])
            #expect(cancelled.ending == .exit(0))
            #expect(cancelled.output == "\(id) cancelled\n")
            #expect(try await service.result(waitedFor: id)["status"] == "cancelled")
            let listed = try lines(try await site.run(["jobs", "list", "--json", "--limit=5"]).output)
            #expect(listed.map { $0["status"]?.stringValue } == ["cancelled"])
        }
    }

    @Test("say so when there is nothing to show")
    func nothing() async throws {
        try await Site.with { site in
            let id = "0190a6a0-0000-7000-8000-000000000000"
            let early = try await site.run(["jobs", "list"])
            #expect(early.ending == .exit(70))
            #expect(early.errors.contains("ai_requests"))
            #expect(try await site.run(["migrate"]).ending == .exit(0))
            let list = try await site.run(["jobs", "list", "--json"])
            #expect(list.ending == .exit(0) && list.output.isEmpty)
            for action in ["show", "cancel", "retry"] {
                #expect(try await site.run(["jobs", action, id]).ending == .exit(1))
            }
            let away = try await site.run(["jobs", "list"], ["DB_PORT": "1", "DB_HOST": "127.0.0.1"])
            #expect(away.ending == .exit(69))
        }
    }
}
