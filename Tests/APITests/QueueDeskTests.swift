import Domain
import EventLoop
import JSON
import Telemetry
import TestSupport
import Testing

@Suite("Kafka's queue over HTTP, for operators")
struct QueueDeskTests {
    private static let letters = "/api/admin/dead-letters"
    private static let admin = ["X-API-Key: secret"]
    private static let letter = DeadLetterRecord(
        position: QueuePosition(topic: "dlq", partition: 1, offset: 17), time: WallTime(microseconds: 0),
        original: QueuePosition(topic: "requests", partition: 3, offset: 9), key: [0xFF], value: Array("{".utf8),
        bytesLeftOut: nil, reason: "unreadable")

    private func withDesk(_ body: @escaping @Sendable (TestAPI) async throws -> Void) async throws {
        try await TestAPI.with(adminKey: "secret") { api in
            api.queueDesk.state.withLock { $0.letters = [Self.letter] }
            try await body(api)
        }
    }

    private func redrive(_ api: TestAPI, _ body: String) async throws -> RawHTTPResponse {
        try await api.post(Self.letters + "/redrive", body, Self.admin)
    }

    @Test("the lag is told by partition and altogether, with what this process has done")
    func standing() async throws {
        try await withDesk { api in
            api.queueDesk.state.withLock { state in
                state.partitions = [
                    .init(number: 0, end: 20, committed: 17, lag: 3), .init(number: 1, end: 4, committed: nil, lag: 4),
                ]
            }
            let answer = try await api.get("/api/admin/queue", Self.admin)
            #expect(answer.status == 200 && answer["cache-control"] == "no-store")
            #expect(answer.json["topic"] == "requests" && answer.json["group"] == "workers" && answer.json["lag"] == 7)
            #expect(
                answer.json["partitions"] == [
                    ["partition": 0, "end": 20, "committed": 17, "lag": 3],
                    ["partition": 1, "end": 4, "committed": .null, "lag": 4],
                ])
            #expect(answer.json["process"]?["commits"] == 5 && answer.json["process"]?["failed_commits"] == 1)
            #expect(answer.json["process"]?["partitions_assigned"] == 2)
            #expect(answer.json["process"]?["partitions_lost"] == 1)
        }
    }

    @Test("letters are listed in pages, without their messages")
    func list() async throws {
        try await withDesk { api in
            let next = DeadLetterMarks([1: 17, 0: 4])
            api.queueDesk.state.withLock { $0.next = next }
            let answer = try await api.get(Self.letters, Self.admin)
            #expect(answer.json["next"] == "0/4,1/17")
            #expect(answer.json["letters"]?[0]?["offset"] == 17 && answer.json["letters"]?[0]?["value"] == nil)
            #expect(answer.json["letters"]?[0]?["error_reason"] == "unreadable")
            #expect(try await api.get(Self.letters + "?limit=7&before=0/4,1/17", Self.admin).status == 200)
            let asked = api.queueDesk.state.withLock { $0.listings }
            #expect(asked.map(\.limit) == [50, 7] && asked.map(\.before) == [nil, next])
            let wrong = try await api.get(Self.letters + "?limit=101&before=0/4,0/5", Self.admin)
            wrong.expectProblem(422)
            #expect(wrong.json["errors"]?.arrayValue?.map { $0["loc"] } == [["query", "before"], ["query", "limit"]])
        }
    }

    @Test("one letter is shown with its message; what lies nowhere is 404")
    func show() async throws {
        try await withDesk { api in
            let answer = try await api.get(Self.letters + "/1/17", Self.admin)
            #expect(answer.json["value"] == "{" && answer.json["key"] == "/w==")
            #expect(answer.json["key_encoding"] == "base64" && answer.json["value_encoding"] == nil)
            for place in ["1/18", "x/17", "1/-1", "1/9223372036854775807"] {
                try await api.get("\(Self.letters)/\(place)", Self.admin).expectProblem(404)
            }
        }
    }

    @Test("messages are sent once more, and what came of each is told in order")
    func redrive() async throws {
        try await withDesk { api in
            api.queueDesk.state.withLock { state in
                state.outcomes = [
                    DeadLetterPlace(partition: 0, offset: 1): .sent(
                        QueuePosition(topic: "requests", partition: 3, offset: 99)),
                    DeadLetterPlace(partition: 0, offset: 2): .noMessage,
                    DeadLetterPlace(partition: 0, offset: 3): .failed(QueueError("broker-7 is away")),
                    DeadLetterPlace(partition: 0, offset: 5): .otherTopic("payments", wanted: "requests"),
                ]
            }
            let answer = try await redrive(api, #"{"letters":["0/1","0/2","0/3","0/4","0/5"]}"#)
            #expect(answer.status == 200)
            let told = answer.json["letters"]
            #expect(told?.arrayValue?.map { $0["letter"] } == ["0/1", "0/2", "0/3", "0/4", "0/5"])
            #expect(told?[0]?["sent_to"] == ["topic": "requests", "partition": 3, "offset": 99])
            #expect(told?[1]?["error"]?.stringValue?.contains("message is not in it") == true)
            #expect(told?[2]?["error"]?.stringValue?.contains("Kafka does not answer") == true)
            #expect(told?[3]?["error"]?.stringValue?.contains("no such") == true)
            #expect(told?[4]?["error"]?.stringValue?.contains("from the topic payments") == true)
            #expect(!answer.text.contains("broker-7"))
        }
    }

    @Test(
        "an order that is wrong sends nothing",
        arguments: [
            ("{}", "missing"), (#"{"letters":"0/1"}"#, "type_error"), (#"{"letters":[]}"#, "out_of_range"),
            (#"{"letters":["0/1",7]}"#, "value_error"), (#"{"letters":["0/1","0/1"]}"#, "value_error"),
            (#"{"letters":["0/1","0/1001"]}"#, "out_of_range"),
        ])
    func wrong(body: String, kind: String) async throws {
        try await withDesk { api in
            let answer = try await redrive(api, body)
            answer.expectProblem(422)
            #expect(answer.json["errors"]?[0]?["type"]?.stringValue == kind)
            let many = (0...100).map { "\"0/\($0)\"" }.joined(separator: ",")
            try await redrive(api, #"{"letters":[\#(many)]}"#).expectProblem(422)
            #expect(api.queueDesk.state.withLock { $0.redriven.isEmpty })
        }
    }

    @Test("while Kafka is away that is said, with a pause, and without its words")
    func away() async throws {
        try await withDesk { api in
            api.queueDesk.state.withLock { $0.failure = QueueError("broker-7 is away") }
            var answers = [try await redrive(api, #"{"letters":["0/1"]}"#)]
            for path in ["/api/admin/queue", Self.letters, Self.letters + "/0/1"] {
                answers.append(try await api.get(path, Self.admin))
            }
            for answer in answers {
                answer.expectProblem(503)
                #expect(answer["retry-after"] == "5" && answer["cache-control"] == "no-store")
                #expect(!answer.text.contains("broker-7"))
            }
            api.queueDesk.state.withLock { $0.failure = QueueError("not allowed", isRetryable: false) }
            try await api.get("/api/admin/queue", Self.admin).expectProblem(500)
        }
    }
}
