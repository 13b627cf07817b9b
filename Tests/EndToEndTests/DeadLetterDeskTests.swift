import Foundation
import JSON
import Kafka
import TestSupport
import Testing

@Suite("Dead letters and the queue over HTTP")
struct DeadLetterDeskTests {
    private static let letters = "/api/admin/dead-letters"
    private static let admin = ["X-API-Key": "administrators-own", "Accept-Language": "en"]
    private static let settings = ["ADMIN_API_KEY": "administrators-own"]

    private func threads(of service: Service) throws -> Int {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/\(service.program.process.pid)/task").count
    }

    @Test("an instance that only answers clients lists, shows and redrives what a worker could not use")
    func operate() async throws {
        try await Site.with { site in
            let broker = try await site.startBroker()
            try await site.work(broker.settings)
            let service = try await site.serve(.api, broker.settings.merging(Self.settings) { _, new in new })
            try await KafkaOutsider.with(broker.servers, reading: [broker.requests, broker.deadLetters]) { outsider in
                let poison = try await outsider.send(Array("{".utf8), key: "ключ", to: broker.requests)
                try await outsider.send([0xFF, 0xFE], to: broker.requests)
                _ = try await outsider.values(of: broker.deadLetters, 2)
                let list = try await service.client.get(Self.letters, Self.admin).json["letters"]?.arrayValue ?? []
                #expect(list.count == 2)
                let letter = try #require(list.first { $0["original_offset"]?.intValue == Int(poison.offset) })
                let place = "\(letter["partition"] ?? .null)/\(letter["offset"] ?? .null)"
                let shown = try await service.client.get("\(Self.letters)/\(place)", Self.admin).json
                #expect(shown["key"] == "ключ" && shown["value"] == "{")
                let sent = try await service.client.post(
                    Self.letters + "/redrive", json: #"{"letters":["\#(place)"]}"#, Self.admin)
                #expect(sent.status == 200)
                #expect(try sent.json["letters"]?[0]?["sent_to"]?["topic"]?.stringValue == broker.requests)
                // It is as unusable as before, and comes back with its key and its bytes.
                _ = try await outsider.values(of: broker.deadLetters, 3)
                let again = outsider.messages(of: broker.requests).filter { $0.value == Array("{".utf8) }
                #expect(again.map(\.key) == [Array("ключ".utf8), Array("ключ".utf8)])
                let queue = try await service.client.get("/api/admin/queue", Self.admin).json
                #expect(queue["topic"]?.stringValue == broker.requests)
                #expect(queue["process"]?["partitions_assigned"] == 0)
                try await eventually("a lag of none once the worker has committed") {
                    try await service.client.get("/api/admin/queue", Self.admin).json["lag"] == 0 ? () : nil
                }
            }
            // Each look has clients of its own, which go with it.
            let before = try threads(of: service)
            for _ in 1...5 {
                #expect(try await service.client.get("/api/admin/queue", Self.admin).status == 200)
                #expect(try await service.client.get("\(Self.letters)/0/999", Self.admin).status == 404)
            }
            try await eventually("no more threads than before") { try self.threads(of: service) <= before ? () : nil }
        }
    }

    @Test("a job that was no use to an older version is redriven twice and done once, on the embedded broker too")
    func again() async throws {
        try await Site.with { site in
            let broker = try await site.startBroker()
            let service = try await site.serve(.all, broker.settings.merging(Self.settings) { _, new in new })
            try await KafkaOutsider.with(broker.servers, reading: [broker.deadLetters]) { outsider in
                let letter = JSONWriter.object { object in
                    object.field("original_topic", broker.requests)
                    object.field("original_partition", 0)
                    object.field("original_offset", 4711)
                    object.field("original_key", "k")
                    object.field("original_value", #"{"query":"q","category":"analysis"}"#)
                    object.field("error_reason", "an older version refused it")
                }
                let lies = try await outsider.send(letter, to: broker.deadLetters)
                let order = #"{"letters":["\#(lies.partition)/\#(lies.offset)"]}"#
                for _ in 1...2 {
                    let sent = try await service.client.post(Self.letters + "/redrive", json: order, Self.admin)
                    #expect(try sent.json["letters"]?[0]?["sent_to"] != nil)
                }
            }
            let id = try await eventually("the job") {
                try await site.execute("SELECT id::text FROM ai_requests WHERE status = 'completed'").first ?? nil
            }
            #expect(try await site.execute("SELECT count(*) FROM ai_requests") == ["1"])
            #expect(try await service.status(id)["attempts"] == 1)
        }
        try await Site.with { site in
            let service = try await site.serve(.all, Self.settings.merging(Site.embeddedBroker) { $1 })
            let list = try await service.client.get(Self.letters, Self.admin)
            #expect(try list.status == 200 && list.json == ["letters": [], "next": .null])
            let queue = try await service.client.get("/api/admin/queue", Self.admin).json
            #expect(queue["partitions"]?.arrayValue?.isEmpty == false)
        }
    }

    @Test("while Kafka is away that is said within seconds, and everything else goes on being answered")
    func away() async throws {
        try await Site.with { site in
            var settings = Self.settings
            settings["KAFKA_BOOTSTRAP_SERVERS"] = "127.0.0.1:1"
            let service = try await site.serve(.api, settings)
            let start = ContinuousClock.now
            async let refused = service.client.get(Self.letters, Self.admin)
            var slowest = Duration.zero
            for _ in 1...20 {
                let asked = ContinuousClock.now
                #expect(try await service.client.get("/livez").status == 200)
                slowest = max(slowest, ContinuousClock.now - asked)
            }
            let answer = try await refused
            #expect(answer.status == 503)
            #expect(try answer.json["detail"]?.stringValue?.hasPrefix("Kafka does not answer") == true)
            #expect(ContinuousClock.now - start < .seconds(30))
            #expect(slowest < .seconds(2))
        }
    }
}
