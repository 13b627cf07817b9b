import JSON
import TestSupport
import Testing

/// What a client may get wrong, sent to the running program.
@Suite("Bad input", .service(.api))
struct BadInputTests {
    struct Row: CustomTestStringConvertible, Sendable {
        let name: String
        let body: String
        let status: Int
        /// Where the faults are and what kind they are, for 422.
        var faults: [String] = []

        var testDescription: String { name }

        init(_ name: String, _ body: String, _ status: Int, _ faults: String...) {
            self.name = name
            self.body = body
            self.status = status
            self.faults = faults
        }
    }

    static let rows = [
        Row("no body", "", 400),
        Row("cut-off JSON", #"{"query_text":"a""#, 400),
        Row("JSON with a comma too many", #"{"query_text":"a",}"#, 400),
        Row("two JSON values", #"{"query_text":"a"} {}"#, 400),
        Row("JSON that is not an object", #"["query_text"]"#, 422, " type_error"),
        Row("no query_text", "{}", 422, "query_text missing"),
        Row("query_text of null", #"{"query_text":null}"#, 422, "query_text type_error"),
        Row("query_text that is a number", #"{"query_text":5}"#, 422, "query_text type_error"),
        Row("empty query_text", #"{"query_text":""}"#, 422, "query_text string_too_short"),
        Row("query_text of white space", #"{"query_text":" \n\t"}"#, 422, "query_text string_too_short"),
        Row(
            "too long query_text", #"{"query_text":"\#(String(repeating: "я", count: 32_001))"}"#, 422,
            "query_text string_too_long"),
        Row("NUL in query_text", #"{"query_text":"a\u0000"}"#, 422, "query_text nul_character"),
        Row(
            "too long input_range", #"{"query_text":"a","input_range":"\#(String(repeating: "A", count: 51))"}"#, 422,
            "input_range string_too_long"),
        Row(
            "too long output_range", #"{"query_text":"a","output_range":"\#(String(repeating: "A", count: 51))"}"#, 422,
            "output_range string_too_long"),
        Row("a range that is an array", #"{"query_text":"a","input_range":[]}"#, 422, "input_range type_error"),
        Row("a category that is a number", #"{"query_text":"a","category":1}"#, 422, "category type_error"),
        Row("a priority that is text", #"{"query_text":"a","priority":"1"}"#, 422, "priority type_error"),
        Row("a priority above 10", #"{"query_text":"a","priority":11}"#, 422, "priority out_of_range"),
        Row("data that is text", #"{"query_text":"a","input_data":"x"}"#, 422, "input_data type_error"),
        Row("data with a row that is none", #"{"query_text":"a","input_data":[1]}"#, 422, "input_data.0 type_error"),
        Row(
            "data with a cell that is none", #"{"query_text":"a","input_data":[[1,{}]]}"#, 422,
            "input_data.0.1 type_error"),
        Row(
            "several faults at once", #"{"input_range":7,"priority":-1}"#, 422, "query_text missing",
            "input_range type_error", "priority out_of_range"),
    ]

    @Test("of the client is answered with all that is wrong", arguments: rows)
    func refused(_ row: Row) async throws {
        let answer = try await RunningService.current.client.post("/api/ai/process", json: row.body)
        let problem = try expectProblem(answer, row.status, at: "/api/ai/process")
        let faults = problem["errors"]?.arrayValue ?? []
        #expect(faults.map(Self.summary) == row.faults)
    }

    private static func summary(_ fault: JSONValue) -> String {
        let steps = (fault["loc"]?.arrayValue ?? []).map { $0.stringValue ?? $0.description }
        let location = steps.first == "body" ? steps.dropFirst().joined(separator: ".") : "not in the body"
        #expect(fault["msg"]?.stringValue?.isEmpty == false)
        return "\(location) \(fault["type"]?.stringValue ?? "")"
    }

    /// Checks everything that all problems have in common.
    @discardableResult
    private func expectProblem(_ answer: Answer, _ status: Int, at path: String?) throws -> JSONValue {
        #expect(answer.status == status)
        #expect(answer["Content-Type"] == "application/problem+json")
        #expect(answer["X-Content-Type-Options"] == "nosniff")
        #expect(answer["X-Frame-Options"] == "DENY")
        #expect(answer["Date"]?.hasSuffix(" GMT") == true)
        let problem = try answer.json
        #expect(problem["type"]?.stringValue?.isEmpty == false)
        #expect(problem["title"]?.stringValue?.isEmpty == false)
        #expect(problem["detail"]?.stringValue?.isEmpty == false)
        #expect(problem["status"] == .integer(status))
        #expect(problem["instance"]?.stringValue == path)
        #expect(problem["request_id"]?.stringValue == answer["X-Request-ID"])
        return problem
    }

    @Test("is explained in the client's language", arguments: [("ru", "Тело"), ("en", "The request body")])
    func language(_ language: String, _ start: String) async throws {
        let answer = try await RunningService.current.client.post(
            "/api/ai/process", json: "{", ["Accept-Language": language])
        #expect(try answer.json["detail"]?.stringValue?.hasPrefix(start) == true)
    }

    @Test("is refused when the body is not said to be JSON")
    func contentType() async throws {
        let answer = try await RunningService.current.client.post(
            "/api/ai/process", json: #"{"query_text":"a"}"#, ["Content-Type": "text/plain"])
        try expectProblem(answer, 415, at: "/api/ai/process")
    }

    @Test("of 10 MB is refused, announced or not", arguments: [true, false])
    func hugeBody(isChunked: Bool) async throws {
        let client = try RunningService.current.client
        let text = Array(#"{"query_text":"\#(String(repeating: "a", count: 10_000_000))"}"#.utf8)
        let answer: Answer
        if isChunked {
            let size = Array("\(String(text.count, radix: 16))\r\n".utf8)
            answer = try await client.send(
                "POST", "/api/ai/process", ["Transfer-Encoding": "chunked"],
                body: size + text + Array("\r\n0\r\n\r\n".utf8))
        } else {
            answer = try await client.send("POST", "/api/ai/process", body: text)
        }
        // Bytes that announce too much are refused before anybody knows the path they go to.
        #expect(answer.status == 413)
        try expectProblem(answer, 413, at: answer.json["instance"]?.stringValue)
    }

    @Test(
        "in the address is answered with 404",
        arguments: [
            "/api", "/api/ai", "/api/ai/process/", "/api/ai/unknown", "/API/ai/process",
            "/api/ai/status/no-uuid", "/api/ai/status/%D0%AF", "/api/ai/result/123",
            "/api/ai/result/0190a6a0-0000-7000-8000-000000000000",
            "/api/ai/status/0190a6a0-0000-7000-8000-000000000000",
        ])
    func address(_ path: String) async throws {
        let answer = try await RunningService.current.client.get(path)
        let problem = try expectProblem(answer, 404, at: path)
        if path.hasPrefix("/api/ai/status/") || path.hasPrefix("/api/ai/result/") {
            #expect(problem["detail"] == "Request not found")
        }
    }

    @Test(
        "in the verb is answered with 405 and the right ones",
        arguments: [
            ("GET", "/api/ai/process", ["POST"]), ("DELETE", "/api/ai/process", ["POST"]),
            ("POST", "/api/health", ["GET", "HEAD"]), ("PUT", "/api/ai/status/x", ["GET", "HEAD"]),
        ])
    func verb(_ verb: String, _ path: String, _ right: [String]) async throws {
        let answer = try await RunningService.current.client.send(verb, path)
        try expectProblem(answer, 405, at: path)
        let allowed = try #require(answer["Allow"]).split(separator: ",").map { $0.drop { $0 == " " } }
        #expect(Set(right).isSubset(of: Set(allowed.map(String.init))))
        #expect(!allowed.contains { $0 == verb })
    }

    @Test("that is no HTTP is answered, too")
    func noHTTP() async throws {
        let answer = try await RunningService.current.client.send("GET", "/a b")
        try expectProblem(answer, 400, at: nil)
    }

    @Test("does not keep the service from doing its work")
    func goesOn() async throws {
        let service = try RunningService.current
        for row in Self.rows.prefix(8) { _ = try await service.client.post("/api/ai/process", json: row.body) }
        _ = try await service.submit(#"{"query_text":"a"}"#)
    }
}
