import JSON
import TestSupport

/// A running `gigaoffice fake-gigachat`, for services in cloud mode.
struct StandIn: Sendable {
    let program: RunningProgram
    /// What a service needs to know to ask it.
    let settings: [String: String]
    private let control: PlainClient

    /// Where it can be steered, for programs that do it themselves.
    var controlURL: String { "http://127.0.0.1:\(control.port)" }

    fileprivate init(_ program: RunningProgram, introduction: JSONValue) throws {
        self.program = program
        func text(_ name: String) throws -> String {
            guard let text = introduction[name]?.stringValue else { throw Failure("no \(name) in \(introduction)") }
            return text
        }
        let base = try text("base_url")
        guard let port = base.split(separator: ":").last.flatMap({ UInt16($0.prefix { $0.isNumber }) }) else {
            throw Failure("no port in \(base)")
        }
        control = PlainClient(port: port)
        settings = [
            "GIGACHAT_RUN_MODE": "cloud", "GIGACHAT_BASE_URL": base, "GIGACHAT_AUTH_URL": try text("auth_url"),
            "GIGACHAT_CREDENTIALS": try text("credentials"), "GIGACHAT_SCOPE": try text("scope"),
            "GIGACHAT_MAX_CONCURRENT": "10", "GIGACHAT_MAX_REQUESTS_PER_MINUTE": "100000",
        ]
    }

    /// Has the next `times` conversations answered with this text.
    func answers(_ text: String, times: Int = 1) async throws {
        let usage: JSONValue = [
            "prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5, "precached_prompt_tokens": 0,
        ]
        let choice: JSONValue = [
            "message": ["role": "assistant", "content": .string(text)], "index": 0, "finish_reason": "stop",
        ]
        try await plan(
            [
                "json": [
                    "choices": [choice], "created": 1_767_225_600, "model": "GigaChat-2:2.0.28.2",
                    "object": "chat.completion", "usage": usage,
                ]
            ], times: times)
    }

    /// Queues a step for the next `times` conversations; docs/fake-providers.md lists what it may hold.
    func plan(_ step: JSONValue, times: Int = 1) async throws {
        let order: JSONValue = ["route": "chat", "times": .integer(times), "step": step]
        let answer = try await control.post("/__fake/scenario", json: order.description)
        guard answer.status == 200 else { throw Failure("the stand-in refuses the step: \(try answer.json)") }
    }

    /// What each of the conversations so far was asked with, oldest first.
    func conversations() async throws -> [String] {
        let entries = try await control.get("/__fake/log").json.arrayValue ?? []
        return entries.filter { $0["path"]?.stringValue?.hasSuffix("/chat/completions") == true }.compactMap {
            $0["body"]?.stringValue
        }
    }

    /// The span that each of the conversations so far was told that it is made for.
    func traceparents() async throws -> [String] {
        let entries = try await control.get("/__fake/log").json.arrayValue ?? []
        return entries.filter { $0["path"]?.stringValue?.hasSuffix("/chat/completions") == true }.compactMap {
            $0["headers"]?["traceparent"]?.stringValue
        }
    }

    /// What it has counted.
    func counters() async throws -> JSONValue {
        try await control.get("/__fake/counters").json
    }
}

extension Site {
    /// Starts a stand-in for GigaChat and waits until it listens.
    func startStandIn(_ arguments: [String] = []) async throws -> StandIn {
        let program = try start(["fake-gigachat"] + arguments)
        let line = try await eventually("the stand-in's addresses") { () -> String? in
            try program.expectRunning()
            let output = program.output
            return output.contains("\n") ? output.split(separator: "\n").first.map(String.init) : nil
        }
        return try StandIn(program, introduction: try JSONParser().parse(line))
    }
}
