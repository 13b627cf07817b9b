import Foundation
import Glibc
import JSON
import TestSupport
import Testing

/// What happens to jobs when processes and brokers come and go.
@Suite("A queued job is not lost")
struct RecoveryTests {
    private static let job = #"{"query_text":"Посчитай сумму","category":"analysis"}"#
    private static let slow = ["DRYRUN_DELAY_MS": "60000", "WORKER_CONCURRENCY": "8", "DRAIN_TIMEOUT_MS": "300"]
    private static let forgetful = ["JOB_LEASE_MS": "1500", "JOB_HEARTBEAT_MS": "500"]

    private func submit(_ count: Int, to service: Service) async throws -> [String] {
        var ids: [String] = []
        for _ in 0..<count { ids.append(try await service.submit(Self.job)) }
        return ids
    }

    /// Waits until all are done, and looks at each from the outside.
    private func expectDone(_ ids: [String], by service: Service, on site: Site) async throws {
        try await eventually("\(ids.count) completed jobs", within: .seconds(60)) {
            let rows = try await site.rows("SELECT 1 FROM ai_requests WHERE status = 'completed'")
            return rows.count == ids.count ? () : nil
        }
        for id in ids {
            let status = try await service.status(id)
            #expect(status["status"] == "completed")
            #expect(status["attempts"] == 1)
            #expect(try await service.result(id)["result"]?.arrayValue?.count == 6)
        }
        #expect(try await site.rows("SELECT 1 FROM ai_requests").count == ids.count)
        try await eventually("every response on its way") {
            try await site.rows("SELECT 1 FROM outbox").isEmpty ? () : nil
        }
    }

    private func untilProcessing(on site: Site) async throws {
        try await eventually("a job that is being done") {
            try await site.rows("SELECT 1 FROM ai_requests WHERE status = 'processing'").isEmpty ? nil : ()
        }
    }

    @Test("when the service is stopped with 100 of them and its broker forgets them", arguments: [Role.api, .all])
    func stop(_ role: Role) async throws {
        try await Site.with { site in
            let first = try await site.serve(role, Self.slow.merging(Site.embeddedBroker) { $1 })
            let ids = try await submit(100, to: first)
            if role == .all { try await untilProcessing(on: site) }
            #expect(try await first.stop() == .exit(0))
            #expect(try await site.rows("SELECT 1 FROM ai_requests WHERE status = 'queued'").count == 100)
            let second = try await site.serve(.all, Self.forgetful.merging(Site.embeddedBroker) { $1 })
            try await expectDone(ids, by: second, on: site)
        }
    }

    @Test("when the service is killed with 100 of them, some of them being done")
    func kill() async throws {
        try await Site.with { site in
            let first = try await site.serve(.all, Self.slow.merging(Self.forgetful) { $1 })
            let ids = try await submit(100, to: first)
            try await untilProcessing(on: site)
            first.program.process.send(SIGKILL)
            #expect(try await first.program.finished(within: .seconds(30)).ending == .signal(SIGKILL))
            let second = try await site.serve(.all, Self.forgetful)
            try await expectDone(ids, by: second, on: site)
        }
    }

    @Test("when a worker is killed and another one is there")
    func killedWorker() async throws {
        try await Site.with { site in
            let broker = try await site.startBroker()
            let api = try await site.serve(.api, broker.settings)
            let settings = broker.settings.merging(Self.forgetful) { $1 }
            let first = try await site.work(settings.merging(Self.slow) { $1 })
            let ids = try await submit(5, to: api)
            try await untilProcessing(on: site)
            try await site.work(settings)
            first.process.send(SIGKILL)
            try await expectDone(ids, by: api, on: site)
        }
    }

    @Test("when another worker joins, takes over partitions that were read ahead, and leaves again")
    func joiningWorker() async throws {
        try await Site.with { site in
            let broker = try await site.startBroker()
            let api = try await site.serve(.api, broker.settings)
            let settings = broker.settings.merging(
                ["DRYRUN_DELAY_MS": "150", "WORKER_CONCURRENCY": "1", "DRAIN_TIMEOUT_MS": "2000"]) { $1 }
            let first = try await site.work(settings)
            let ids = try await submit(150, to: api)
            try await untilProcessing(on: site)
            let second = try await site.work(settings)
            _ = try await second.logged("job completed")
            second.process.send(SIGTERM)
            #expect(try await second.finished(within: .seconds(60)).ending == .exit(0))
            try await expectDone(ids, by: api, on: site)
            let done = [first, second].map { $0.errors.components(separatedBy: "job completed").count - 1 }
            #expect(done.reduce(0, +) == ids.count, "each job by one worker, once: \(done)")
        }
    }

    @Test("when another broker takes the place of the one that had it")
    func newBroker() async throws {
        try await Site.with { site in
            let first = try await site.startBroker()
            let api = try await site.serve(.api, first.settings)
            let ids = try await submit(20, to: api)
            try await site.untilPublished(20)
            #expect(try await api.stop() == .exit(0))
            await first.program?.process.stop()
            let second = try await site.startBroker()
            let service = try await site.serve(.all, second.settings)
            try await expectDone(ids, by: service, on: site)
        }
    }

    @Test("when Kafka is down while it is submitted")
    func noKafka() async throws {
        try await Site.with { site in
            let api = try await site.serve(.api, ["KAFKA_BOOTSTRAP_SERVERS": try FreePort.address()])
            let id = try await api.submit(Self.job)
            let health = try await api.client.get("/api/health")
            #expect(health.status == 200)
            #expect(try health.json["status"] == "degraded")
            #expect(try health.json["kafka"] == false)
            #expect(try health.json["database"] == true)
            #expect(try await api.client.get("/readyz").status == 200)
            let broker = try await site.startBroker()
            let service = try await site.serve(.all, broker.settings)
            try await expectDone([id], by: service, on: site)
            #expect(try await api.stop(within: .seconds(25)) == .exit(0))
        }
    }
}
