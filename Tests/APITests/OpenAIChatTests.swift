import Domain
import EventLoop
import JSON
import TestSupport
import Testing

extension RawHTTPResponse {
    /// The payloads of an event stream.
    var events: [String] {
        text.components(separatedBy: "\n\n").filter { $0.hasPrefix("data: ") }.map { String($0.dropFirst(6)) }
    }
}

extension String {
    fileprivate func components(separatedBy separator: String) -> [String] {
        var parts: [String] = []
        var rest = self[...]
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}

extension JSONValue {
    /// The object without what differs from run to run.
    fileprivate var steady: JSONValue {
        guard case .object(var object) = self else { return self }
        object["id"] = nil
        object["created"] = nil
        return .object(object)
    }

    fileprivate static func parsed(_ text: String) throws -> JSONValue {
        try JSONParser().parse(text)
    }
}

@Suite("OpenAI front: conversations", .timeLimit(.minutes(10)))
struct OpenAIChatTests {
    private static let hello = #"{"model":"gigaoffice","messages":[{"role":"user","content":"Привет"}]}"#
    private static let streamed = #"{"stream":true,"messages":[{"role":"user","content":"q"}]}"#
    private static let counted =
        #"{"stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"q"}]}"#
    private static let tooled =
        #"{"messages":[{"role":"user","content":"q"}],"tools":[{"type":"function","function":{"name":"sum"}}]"#

    @Test("a whole answer has exactly OpenAI's shape")
    func whole() async throws {
        try await TestAPI.with { test in
            let answer = try await test.chat(Self.hello)
            #expect(answer.status == 200)
            #expect(answer["content-type"] == "application/json")
            #expect(answer["x-gigaoffice-provider"] == "gigachat")
            #expect(answer["x-gigaoffice-model"] == "GigaChat-2")
            #expect(answer.json["id"]?.stringValue?.hasPrefix("chatcmpl-") == true)
            #expect(try #require(answer.json["created"]?.intValue) > 1_600_000_000)
            let expected = try JSONValue.parsed(
                """
                {"object":"chat.completion","model":"GigaChat-2","choices":[{"index":0,"message":{"role":"assistant",
                "content":"Привет","refusal":null},"logprobs":null,"finish_reason":"stop"}],
                "usage":{"prompt_tokens":10,"completion_tokens":8,"total_tokens":18,
                "prompt_tokens_details":{"cached_tokens":4}},"system_fingerprint":null}
                """)
            #expect(answer.json.steady == expected)
            #expect(test.model.now.request?.target == .stage(.chat))
        }
    }

    @Test(
        "reasons for an end are told in OpenAI's words",
        arguments: [
            (ChatEnd.Reason.stop, "stop"), (.length, "length"), (.toolCalls, "tool_calls"),
            (.blocked, "content_filter"), (.other("weird"), "stop"),
        ])
    func reasons(reason: ChatEnd.Reason, word: String) async throws {
        try await TestAPI.with { test in
            test.model.set { $0.result.end.reason = reason }
            let answer = try await test.chat(Self.hello)
            #expect(answer.json["choices"]?[0]?["finish_reason"]?.stringValue == word)
        }
    }

    @Test("tool calls and thoughts stand beside a null content")
    func toolCalls() async throws {
        try await TestAPI.with { test in
            test.model.set { script in
                let call = ChatToolCall(id: "c1", name: "sum", arguments: #"{"a":1}"#)
                script.result = ChatResult(text: "", reasoning: "hm", toolCalls: [call], end: .sample)
            }
            let choice = try await test.chat(Self.tooled + "}").json["choices"]?[0]
            #expect(choice?["finish_reason"] == "tool_calls")
            #expect(choice?["message"]?["content"] == .null)
            #expect(choice?["message"]?["reasoning_content"] == "hm")
            let calls: JSONValue = [
                ["id": "c1", "type": "function", "function": ["name": "sum", "arguments": #"{"a":1}"#]]
            ]
            #expect(choice?["message"]?["tool_calls"] == calls)
            #expect(test.model.now.request?.tools == [ChatTool(name: "sum")])
        }
    }

    @Test("who speaks of functions is answered with a function call")
    func functions() async throws {
        try await TestAPI.with { test in
            test.model.set { script in
                script.result.text = ""
                script.result.toolCalls = [ChatToolCall(id: "c1", name: "sum", arguments: "{}")]
            }
            let answer = try await test.chat(
                """
                {"messages":[{"role":"user","content":"q"}],"functions":[{"name":"sum"}],
                "function_call":{"name":"sum"}}
                """)
            let choice = answer.json["choices"]?[0]
            #expect(choice?["finish_reason"] == "function_call")
            #expect(choice?["message"]?["function_call"] == ["name": "sum", "arguments": "{}"])
            #expect(test.model.now.request?.toolChoice == .named("sum"))
        }
    }

    @Test("a stream begins with the role, ends with the reason, and then with [DONE]")
    func stream() async throws {
        try await TestAPI.with { test in
            let answer = try await test.chat(Self.streamed)
            #expect(answer.status == 200)
            #expect(answer["content-type"]?.hasPrefix("text/event-stream") == true)
            #expect(answer["x-gigaoffice-provider"] == "gigachat")
            #expect(answer.events.last == "[DONE]")
            let chunks = try answer.events.dropLast().map { try JSONValue.parsed($0) }
            #expect(Set(chunks.map { $0["id"]?.description }).count == 1)
            let choices: [JSONValue] = [
                [
                    "index": 0, "delta": ["role": "assistant", "content": ""], "logprobs": .null,
                    "finish_reason": .null,
                ],
                ["index": 0, "delta": ["content": "При"], "logprobs": .null, "finish_reason": .null],
                ["index": 0, "delta": ["content": "вет"], "logprobs": .null, "finish_reason": .null],
                ["index": 0, "delta": [:], "logprobs": .null, "finish_reason": "stop"],
            ]
            let expected = choices.map { choice -> JSONValue in
                [
                    "object": "chat.completion.chunk", "model": "GigaChat-2", "system_fingerprint": .null,
                    "choices": [choice],
                ]
            }
            #expect(chunks.map(\.steady) == expected)
            #expect(test.model.now.closings == 1)
        }
    }

    @Test("a stream tells what it cost when it is asked to")
    func usage() async throws {
        try await TestAPI.with { test in
            let events = try await test.chat(Self.counted).events
            let last = try JSONValue.parsed(events[events.count - 2])
            #expect(last["choices"] == [])
            #expect(last["usage"]?["total_tokens"] == 18)
            #expect(try JSONValue.parsed(events[0])["usage"] == .null)
        }
    }

    @Test("tool calls come in numbered pieces")
    func toolStream() async throws {
        try await TestAPI.with { test in
            test.model.set { script in
                script.events = [
                    .reasoning("hm"), .toolCall(index: 0, id: "c1", name: "sum", arguments: ""),
                    .toolCall(index: 0, id: nil, name: nil, arguments: "{}"),
                ]
            }
            let events = try await test.chat(Self.tooled + #","stream":true}"#).events
            let deltas = try events.dropLast().map { try JSONValue.parsed($0)["choices"]?[0]?["delta"] }
            let expected: [JSONValue?] = [
                ["role": "assistant", "content": ""], ["reasoning_content": "hm"],
                [
                    "tool_calls": [
                        ["index": 0, "id": "c1", "type": "function", "function": ["name": "sum", "arguments": ""]]
                    ]
                ], ["tool_calls": [["index": 0, "function": ["arguments": "{}"]]]], [:],
            ]
            #expect(deltas == expected)
            #expect(try JSONValue.parsed(events[4])["choices"]?[0]?["finish_reason"] == "tool_calls")
        }
    }

    @Test("a failure after the first piece is an event, and no [DONE] follows")
    func laterFailure() async throws {
        try await TestAPI.with { test in
            test.model.set { $0.laterFailure = ModelFailure(.timeout, "slow") }
            let answer = try await test.chat(Self.streamed)
            #expect(answer.status == 200)
            let error = try JSONValue.parsed(try #require(answer.events.last))["error"]
            #expect(error?["code"] == "timeout")
            #expect(error?["message"] == "The model did not answer in time")
        }
    }

    @Test("a failure before the first piece is an ordinary error")
    func earlyFailure() async throws {
        try await TestAPI.with { test in
            test.model.set { $0.failure = ModelFailure(.rateLimited, "slow down", retryAfter: .milliseconds(2_500)) }
            let answer = try await test.chat(Self.streamed)
            #expect(answer.status == 429)
            #expect(answer["retry-after"] == "3")
            #expect(answer.json["error"]?["code"] == "rate_limit_exceeded")
        }
    }

    @Test("a client that hangs up aborts the call", arguments: [hello, streamed])
    func hangUp(body: String) async throws {
        try await TestAPI.with { test in
            test.model.set { $0.hangs = true }
            let connection = try await test.connect()
            try await connection.request(
                "POST", "/v1/chat/completions", ["Content-Type: application/json"], body: body)
            await test.model.waitUntilAsked()
            connection.close()
            #expect(try await eventually(on: test.loop) { test.model.now.cancellations == 1 })
            if body == Self.streamed {
                #expect(try await eventually(on: test.loop) { test.model.now.closings == 1 })
            }
        }
    }

    @Test("a header chooses the model over the body")
    func header() async throws {
        try await TestAPI.with { test in
            _ = try await test.chat(Self.hello, ["X-GigaOffice-Model: mistral/small"])
            #expect(test.model.now.request?.target == .named("mistral/small", .chat))
        }
    }
}
