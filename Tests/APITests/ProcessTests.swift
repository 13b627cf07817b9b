import Domain
import EventLoop
import JSON
import TestSupport
import Testing

@Suite("API: POST /api/ai/process", .timeLimit(.minutes(10)))
struct ProcessTests {
    @Test("a job is accepted with the fields and texts that clients know")
    func accepted() async throws {
        try await TestAPI.with { test in
            let answer = try await test.process(#"{"query_text":"Посчитай сумму"}"#)
            let id = try #require(test.store.jobs.keys.first)
            #expect(answer.status == 202)
            #expect(answer["location"] == "/api/ai/status/\(id)")
            #expect(answer["retry-after"] == "1")
            #expect(answer["content-type"] == "application/json")
            #expect(
                answer.text == #"{"success":true,"request_id":"\#(id)","status":"queued","#
                    + #""message":"Запрос добавлен в очередь обработки"}"#)
            #expect(test.submissions.withLock { $0 } == 1)
        }
    }

    @Test("ids are UUIDs of version 7, so they sort by time")
    func ids() async throws {
        try await TestAPI.with { test in
            let first = try await test.submit().description
            try await test.loop.sleep(for: .milliseconds(2))
            let second = try await test.submit().description
            #expect(first < second)
            for id in [first, second] { #expect(id.utf8.dropFirst(14).first == UInt8(ascii: "7")) }
        }
    }

    @Test("all fields reach the job")
    func fields() async throws {
        try await TestAPI.with { test in
            let answer = try await test.process(
                #"""
                {"query_text":"q","input_range":"Лист1!$A$1:$D$10","category":"analysis","output_range":"F1",
                "priority":10,"input_data":[["a",1],[null,true]],"preset_prompt":"x","future":{"y":[1]}}
                """#)
            #expect(answer.status == 202)
            let data: JSONText = [["a", 1], [.null, true]]
            let expected = JobInput(
                query: "q", inputRange: "Лист1!$A$1:$D$10", category: "analysis", data: data, outputRange: "F1",
                priority: try #require(JobPriority(10)))
            var input = try #require(test.store.jobs.values.first?.input)
            input.trace = nil
            #expect(input == expected)
        }
    }

    @Test(
        "what the rules allow is accepted",
        arguments: [
            #"{"query_text":"q","input_range":null,"category":null,"input_data":null,"output_range":null}"#,
            #"{"query_text":"q","input_range":"where I like it","category":"no such category"}"#,
            #"{"query_text":"q","input_data":[{"a":1,"b":2},{"b":3}],"priority":0}"#,
            #"{"query_text":"q","input_data":[]}"#,
            #"{"query_text":"\#(String(repeating: "я", count: 32_000))"}"#,
            #"{"query_text":"q","input_range":"\#(String(repeating: "я", count: 50))"}"#,
        ])
    func allowed(body: String) async throws {
        try await TestAPI.with { test in
            let answer = try await test.process(body)
            #expect(answer.status == 202, "\(answer.text)")
        }
    }

    @Test(
        "what the rules forbid is refused, with the place and the kind of the fault",
        arguments: [
            (#"{}"#, #"["body","query_text"]"#, "missing"),
            (#"{"query_text":null}"#, #"["body","query_text"]"#, "type_error"),
            (#"{"query_text":5}"#, #"["body","query_text"]"#, "type_error"),
            (#"{"query_text":""}"#, #"["body","query_text"]"#, "string_too_short"),
            (#"{"query_text":" \n"}"#, #"["body","query_text"]"#, "string_too_short"),
            (#"{"query_text":"a\u0000"}"#, #"["body","query_text"]"#, "nul_character"),
            (
                #"{"query_text":"\#(String(repeating: "я", count: 32_001))"}"#, #"["body","query_text"]"#,
                "string_too_long"
            ),
            (
                #"{"query_text":"q","input_range":"\#(String(repeating: "A", count: 51))"}"#,
                #"["body","input_range"]"#, "string_too_long"
            ),
            (#"{"query_text":"q","output_range":7}"#, #"["body","output_range"]"#, "type_error"),
            (#"{"query_text":"q","category":7}"#, #"["body","category"]"#, "type_error"),
            (#"{"query_text":"q","priority":11}"#, #"["body","priority"]"#, "out_of_range"),
            (#"{"query_text":"q","priority":-1}"#, #"["body","priority"]"#, "out_of_range"),
            (#"{"query_text":"q","priority":"1"}"#, #"["body","priority"]"#, "type_error"),
            (#"{"query_text":"q","input_data":"x"}"#, #"["body","input_data"]"#, "type_error"),
            (#"{"query_text":"q","input_data":[1]}"#, #"["body","input_data",0]"#, "type_error"),
            (#"{"query_text":"q","input_data":[["a",[1]]]}"#, #"["body","input_data",0,1]"#, "type_error"),
            (#"[]"#, #"["body"]"#, "type_error"),
            (#""text""#, #"["body"]"#, "type_error"),
        ])
    func forbidden(body: String, location: String, kind: String) async throws {
        try await TestAPI.with { test in
            let answer = try await test.process(body)
            answer.expectProblem(422, instance: "/api/ai/process")
            let faults = try #require(answer.json["errors"]?.arrayValue)
            #expect(faults.count == 1)
            #expect(faults.first?["loc"] == (try JSONParser().parse(location)))
            #expect(faults.first?["type"] == .string(kind))
            #expect(faults.first?["msg"]?.stringValue?.isEmpty == false)
            #expect(test.store.jobs.isEmpty)
            #expect(test.submissions.withLock { $0 } == 0)
        }
    }

    @Test("every fault is found at once, and the detail names them for people")
    func allFaults() async throws {
        try await TestAPI.with { test in
            let answer = try await test.process(
                #"{"input_range":5,"output_range":6,"category":7,"priority":99,"input_data":[[{}],[[]]]}"#)
            answer.expectProblem(422)
            let places = answer.json["errors"]?.arrayValue?.compactMap { $0["loc"]?[1]?.stringValue }
            #expect(
                places == [
                    "query_text", "input_range", "output_range", "category", "priority", "input_data", "input_data",
                ])
            let detail = try #require(answer.json["detail"]?.stringValue)
            #expect(detail.hasPrefix("Запрос заполнен неверно. query_text: обязательное поле; input_range: "))
        }
    }

    @Test("the detail is English for those who ask for it")
    func englishDetail() async throws {
        try await TestAPI.with { test in
            let answer = try await test.process(#"{"query_text":"q","priority":11}"#, ["Accept-Language: en"])
            answer.expectProblem(422, detail: "The request has invalid fields. priority: must be from 0 to 10")
        }
    }

    @Test(
        "a body that is no JSON is refused with the place of the fault",
        arguments: [
            ("", "line 1, column 1"), ("{\"query_text\":\n  oops}", "line 2, column 3"),
            (#"{"query_text":"q"} x"#, "line 1, column 20"), (#"{"query_text":"q",}"#, "line 1, column 19"),
        ])
    func broken(body: String, place: String) async throws {
        try await TestAPI.with { test in
            let answer = try await test.process(body)
            answer.expectProblem(400)
            #expect(answer.json["detail"]?.stringValue?.contains(place) == true, "\(answer.text)")
        }
    }

    @Test("bytes that are not UTF-8 are refused")
    func notUTF8() async throws {
        try await TestAPI.with { test in
            let client = try await test.connect()
            try await client.send("POST /api/ai/process HTTP/1.1\r\nHost: t\r\nContent-Length: 3\r\n\r\n")
            try await client.send([0x22, 0xFF, 0x22])
            try await client.receive().expectProblem(400)
        }
    }

    @Test("a POST without a body is refused as no JSON")
    func noBody() async throws {
        try await TestAPI.with { test in
            let answer = try await test.ask("POST", "/api/ai/process")
            answer.expectProblem(400)
        }
    }

    @Test(
        "the type of the body decides",
        arguments: [
            ("application/json", 202), ("application/json; charset=utf-8", 202), ("Application/JSON", 202),
            ("application/vnd.r7+json", 202), ("text/plain", 415), ("multipart/form-data; boundary=x", 415),
            ("application/jsonx", 415), ("", 415),
        ])
    func contentType(type: String, status: Int) async throws {
        try await TestAPI.with { test in
            let answer = try await test.ask(
                "POST", "/api/ai/process", ["Content-Type: \(type)"], body: #"{"query_text":"q"}"#)
            #expect(answer.status == status)
            if status == 415 {
                answer.expectProblem(415, detail: "Тело запроса должно быть в формате application/json")
            }
        }
    }

    @Test("a body without a type is taken for JSON")
    func noContentType() async throws {
        try await TestAPI.with { test in
            let answer = try await test.ask("POST", "/api/ai/process", body: #"{"query_text":"q"}"#)
            #expect(answer.status == 202)
        }
    }

    @Test("a body of 10 MB is too large, and its sender gets to read so", arguments: [true, false])
    func tooLarge(isChunked: Bool) async throws {
        try await TestAPI.with { test in
            let client = try await test.connect()
            let size = 10 << 20
            let framing = isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(size)"
            try await client.send(
                "POST /api/ai/process HTTP/1.1\r\nHost: t\r\nOrigin: https://r7.example\r\n\(framing)\r\n\r\n")
            if isChunked { try await client.send("A00000\r\n") }
            try await client.send([UInt8](repeating: 0x20, count: size))
            let answer = try await client.receive()
            answer.expectProblem(413, detail: "Тело запроса слишком велико", instance: "/api/ai/process")
            #expect(answer["access-control-allow-origin"] == "*")
        }
    }

    @Test(
        "when the connection broke in the middle, the job is accepted and there once, whether or not it was committed",
        arguments: [true, false])
    func inDoubt(wasCommitted: Bool) async throws {
        try await TestAPI.with { test in
            test.store.breakSubmission(afterCommit: wasCommitted)
            let answer = try await test.process(#"{"query_text":"q"}"#)
            #expect(answer.status == 202)
            #expect(test.store.jobs.keys.map(\.description) == [answer.json["request_id"]?.stringValue])
        }
    }

    @Test("when the database went away in the middle, that is said, and where to ask for the job")
    func stillInDoubt() async throws {
        try await TestAPI.with { test in
            test.store.breakSubmission(afterCommit: true, thenAway: true)
            let answer = try await test.process(#"{"query_text":"q"}"#)
            let id = try #require(test.store.jobs.keys.first)
            answer.expectProblem(
                503,
                detail: "База данных временно недоступна, и неизвестно, принят ли запрос: "
                    + "сначала спросите /api/ai/status/\(id)")
            #expect(answer["retry-after"] == "1")
            #expect(test.submissions.withLock { $0 } == 0)
        }
    }

    @Test("a database that does not answer is 503 and nothing of its words goes out")
    func storeUnavailable() async throws {
        try await TestAPI.with { test in
            test.store.fail(with: .unavailable("SELECT secret FROM ai_requests"))
            let answer = try await test.process(#"{"query_text":"q"}"#)
            answer.expectProblem(503, detail: "База данных временно недоступна, повторите запрос позже")
            #expect(answer["retry-after"] == "1")
            #expect(!answer.text.contains("SELECT"))
            #expect(test.submissions.withLock { $0 } == 0)
            test.store.fail(with: nil)
            #expect(test.store.jobs.isEmpty)
            #expect(try await test.process(#"{"query_text":"q"}"#).status == 202)
        }
    }

    @Test("a store that refuses is 500, without its reason")
    func storeRejected() async throws {
        try await TestAPI.with { test in
            test.store.fail(with: .rejected("column \"secret\" does not exist"))
            let answer = try await test.process(#"{"query_text":"q"}"#)
            answer.expectProblem(500, detail: "Внутренняя ошибка сервиса")
            #expect(!answer.text.contains("secret"))
        }
    }
}
