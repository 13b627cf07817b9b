import JSON
import Kafka
import TestSupport
import Testing

@Suite("The commands for dead letters")
struct DeadLetterCommandTests {
    private func lines(_ text: String) throws -> [JSONValue] {
        try text.split(separator: "\n").map { try JSONParser().parse(String($0)) }
    }

    @Test("list, show and redrive what a worker could not use")
    func operate() async throws {
        try await Site.with { site in
            let broker = try await site.startBroker()
            try await site.work(broker.settings)
            try await KafkaOutsider.with(broker.servers, reading: [broker.requests, broker.deadLetters]) { outsider in
                let poison = try await outsider.send(Array("{".utf8), key: "ключ", to: broker.requests)
                try await outsider.send([0xFF, 0xFE], to: broker.requests)
                _ = try await outsider.values(of: broker.deadLetters, 2)
                let list = try await site.run(["dlq", "list"], broker.settings)
                #expect(list.ending == .exit(0))
                #expect(list.output.hasPrefix("PLACE ") && list.output.split(separator: "\n").count == 3)
                let listed = try lines(try await site.run(["dlq", "list", "--json"], broker.settings).output)
                let origin = "\(broker.requests)/\(poison.partition)/\(poison.offset)"
                let letter = try #require(listed.first { $0["original_offset"]?.intValue == Int(poison.offset) })
                let place = "\(letter["partition"] ?? .null)/\(letter["offset"] ?? .null)"
                for name in [place, origin] {
                    let shown = try lines(try await site.run(["dlq", "show", name, "--json"], broker.settings).output)
                    #expect(shown.first?["key"] == "ключ")
                    #expect(shown.first?["value"] == "{")
                }
                // Where the requests' topic is another one, what a letter names is not written to.
                let others = broker.settings.merging(["KAFKA_TOPIC_REQUESTS": "others"]) { $1 }
                let refused = try await site.run(["dlq", "redrive", "--all"], others)
                #expect(refused.ending == .exit(1) && refused.output.isEmpty)
                let words = "it came from the topic \(broker.requests); messages are sent to others only"
                #expect(refused.errors.contains(words))
                let sent = try await site.run(["dlq", "redrive", origin], broker.settings)
                #expect(sent.ending == .exit(0))
                #expect(sent.output.hasPrefix("\(place) sent to \(broker.requests)/"))
                // It is as unusable as before, and comes back with its key and its bytes.
                _ = try await outsider.values(of: broker.deadLetters, 3)
                let again = outsider.messages(of: broker.requests).filter { $0.value == Array("{".utf8) }
                #expect(again.map(\.key) == [Array("ключ".utf8), Array("ключ".utf8)])
                let all = try await site.run(["dlq", "redrive", "--all"], broker.settings)
                #expect(all.output.split(separator: "\n").count == 3)
                _ = try await outsider.values(of: broker.deadLetters, 6)
            }
        }
    }

    /// A letter whose message had a key, so that all that is sent again goes to one partition, in order.
    private func letter(_ value: String, offset: Int, on broker: DevBroker) -> [UInt8] {
        JSONWriter.object { object in
            object.field("original_topic", broker.requests)
            object.field("original_partition", 0)
            object.field("original_offset", offset)
            object.field("original_key", "k")
            object.field("original_value", value)
            object.field("error_reason", "an older version refused it")
        }
    }

    @Test("redrive a job without an id again and again, and it is done once")
    func again() async throws {
        try await Site.with { site in
            let broker = try await site.startBroker()
            let service = try await site.serve(.all, broker.settings)
            try await KafkaOutsider.with(broker.servers, reading: [broker.deadLetters]) { outsider in
                let job = letter(#"{"query":"q","category":"analysis"}"#, offset: 4711, on: broker)
                try await outsider.send(job, to: broker.deadLetters)
                for _ in 1...2 {
                    #expect(try await site.run(["dlq", "redrive", "--all"], broker.settings).ending == .exit(0))
                }
                try await outsider.send(letter("{", offset: 4712, on: broker), to: broker.deadLetters)
                #expect(try await site.run(["dlq", "redrive", "--all"], broker.settings).ending == .exit(0))
                // The one that is still unusable came last.
                _ = try await outsider.values(of: broker.deadLetters, 3)
                let rows = try await site.rows("SELECT id FROM ai_requests")
                #expect(rows.count == 1)
                let id = try #require(rows.first?["id"]?.stringValue)
                #expect(try await service.result(waitedFor: id)["status"] == "completed")
                #expect(try await service.status(id)["attempts"] == 1)
            }
        }
    }

    @Test("say what is missing")
    func missing() async throws {
        try await Site.withoutDatabase { site in
            let embedded = try await site.run(["dlq", "list"])
            #expect(embedded.ending == .exit(78))
            #expect(embedded.errors.contains("KAFKA_BOOTSTRAP_SERVERS"))
            let broker = try await site.startBroker()
            let empty = try await site.run(["dlq", "list"], broker.settings)
            #expect(empty.ending == .exit(0) && empty.output.isEmpty)
            for action in ["show", "redrive"] {
                let none = try await site.run(["dlq", action, "0/5"], broker.settings)
                #expect(none.ending == .exit(1))
            }
        }
    }

    @Test("say that there is no topic yet, and so no dead letter")
    func noTopic() async throws {
        try await Site.withoutDatabase { site in
            var settings = try await site.startBroker().settings
            settings["KAFKA_TOPIC_DLQ"] = "never-made-\(UInt64.random(in: 0 ... .max))"
            let name = try #require(settings["KAFKA_TOPIC_DLQ"])
            let list = try await site.run(["dlq", "list"], settings)
            #expect(list.ending == .exit(0) && list.output.isEmpty)
            #expect(list.errors.contains("there is no topic \(name) yet"))
            for action in ["show", "redrive"] {
                let none = try await site.run(["dlq", action, "0/5"], settings)
                #expect(none.ending == .exit(1))
                #expect(none.errors.contains("there is no topic \(name) yet"))
            }
            #expect(try await site.run(["dlq", "redrive", "--all"], settings).ending == .exit(0))
        }
    }
}
