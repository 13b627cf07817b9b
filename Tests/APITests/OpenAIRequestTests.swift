import Domain
import JSON
import TestSupport
import Testing

@Suite("OpenAI front: reading requests", .timeLimit(.minutes(10)))
struct OpenAIRequestTests {
    /// The body with a plain conversation and more fields.
    private static func body(_ more: String) -> String {
        #"{"messages":[{"role":"user","content":"q"}],\#(more)}"#
    }

    @Test("everything that can be asked for reaches the model")
    func all() async throws {
        try await TestAPI.with { test in
            let answer = try await test.chat(
                """
                {"model":"GigaChat-2","messages":[{"role":"developer","content":"d"},
                {"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},
                {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",
                "function":{"name":"sum","arguments":"{}"}}]},
                {"role":"tool","tool_call_id":"c1","content":"3"}],
                "tools":[{"type":"function",
                "function":{"name":"sum","description":"adds","parameters":{"type":"object"}}}],
                "tool_choice":{"type":"function","function":{"name":"sum"}},
                "response_format":{"type":"json_schema",
                "json_schema":{"name":"s","strict":true,"schema":{"type":"object"}}},
                "temperature":0.5,"top_p":1,"max_tokens":5,"max_completion_tokens":6,"stop":"x","seed":7,
                "presence_penalty":-2,"frequency_penalty":2,"user":"u","prompt_cache_key":"k","n":1,"unknown":{}}
                """)
            #expect(answer.status == 200)
            let request = try #require(test.model.now.request)
            #expect(request.target == .named("GigaChat-2", .chat))
            let call = ChatToolCall(id: "c1", name: "sum", arguments: "{}")
            let messages = [
                ChatMessage(.system, "d"), ChatMessage(.user, "a\nb"), ChatMessage(.assistant, "", toolCalls: [call]),
                ChatMessage(.tool, "3", toolCallID: "c1"),
            ]
            #expect(request.messages == messages)
            #expect(request.tools == [ChatTool(name: "sum", description: "adds", parameters: ["type": "object"])])
            #expect(request.toolChoice == .named("sum"))
            #expect(request.format == .jsonSchema(name: "s", schema: ["type": "object"], isStrict: true))
            var sampling = ChatSampling()
            sampling.temperature = 0.5
            sampling.topP = 1
            sampling.maximumTokens = 6
            sampling.stop = ["x"]
            sampling.seed = 7
            sampling.presencePenalty = -2
            sampling.frequencyPenalty = 2
            #expect(request.sampling == sampling)
            #expect(request.context.client == "127.0.0.1")
            #expect(request.context.user == "u")
            #expect(request.context.session == "k")
            #expect(request.context.requestID == answer["x-request-id"])
        }
    }

    @Test("a function's answer gets the id of the call before it")
    func functionMessages() async throws {
        try await TestAPI.with { test in
            _ = try await test.chat(
                """
                {"messages":[{"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{}"}},
                {"role":"function","name":"f","content":"1"}]}
                """)
            let messages = try #require(test.model.now.request?.messages)
            #expect(messages.count == 2)
            #expect(messages[0].toolCalls.first?.id == messages[1].toolCallID)
        }
    }

    @Test("our own names and none leave the model to the routing", arguments: [#""""#, #""default""#, "null"])
    func routed(model: String) async throws {
        try await TestAPI.with { test in
            _ = try await test.chat(Self.body(#""model":\#(model)"#))
            #expect(test.model.now.request?.target == .stage(.chat))
        }
    }

    private static let wrongFields: [(String, String)] = [
        (#""n":2"#, "n"), (#""temperature":-0.1"#, "temperature"), (#""top_p":1.5"#, "top_p"),
        (#""max_tokens":0"#, "max_tokens"), (#""stream":"yes""#, "stream"), (#""seed":1.5"#, "seed"),
        (#""presence_penalty":3"#, "presence_penalty"), (#""stop":"""#, "stop"), (#""stop":7"#, "stop"),
        (#""response_format":{"type":"xml"}"#, "response_format.type"),
        (#""response_format":{"type":"json_schema"}"#, "response_format.json_schema"),
        (#""tools":[{"type":"web_search"}]"#, "tools[0].type"), (#""tools":[null]"#, "tools[0]"),
        (#""tools":[{"type":5,"function":{"name":"f"}}]"#, "tools[0].type"),
        (#""functions":[null]"#, "functions[0]"),
        (#""tools":[{"type":"function","function":{"name":"a b"}}]"#, "tools[0].function.name"),
        (#""tool_choice":{"type":"x","function":{"name":"f"}}"#, "tool_choice.type"),
        (#""tool_choice":"required""#, "tool_choice"), (#""tool_choice":"maybe""#, "tool_choice"),
        (#""stream_options":{"include_usage":true}"#, "stream_options"), (#""model":5"#, "model"),
        (#""user":[]"#, "user"),
    ]

    @Test("a field out of its bounds is named", arguments: wrongFields)
    func wrong(field: String, param: String) async throws {
        try await TestAPI.with { test in
            let answer = try await test.chat(Self.body(field))
            #expect(answer.status == 400)
            #expect(answer.json["error"]?["param"]?.stringValue == param)
        }
    }

    private static let wrongMessages: [(String, String, String)] = [
        ("[]", "messages", "empty_array"), ("null", "messages", "missing_required_parameter"),
        (#"[{"content":"q"}]"#, "messages[0].role", "missing_required_parameter"),
        (#"[{"role":"user","content":5}]"#, "messages[0].content", "invalid_type"),
        (#"[{"role":"assistant"}]"#, "messages[0].content", "missing_required_parameter"),
        (#"[{"role":"assistant","tool_calls":[null]}]"#, "messages[0].tool_calls[0]", "invalid_type"),
        (#"[{"role":"assistant","tool_calls":[]}]"#, "messages[0].content", "missing_required_parameter"),
        (
            #"[{"role":"assistant","tool_calls":[{"id":"c","type":"x","function":{"name":"f"}}]}]"#,
            "messages[0].tool_calls[0].type", "unsupported_value"
        ),
        (#"[{"role":"assistant","function_call":5}]"#, "messages[0].function_call", "invalid_type"),
        (#"[{"role":"tool","content":"1"}]"#, "messages[0].tool_call_id", "missing_required_parameter"),
        (
            #"[{"role":"user","content":[{"type":"image_url","image_url":{"url":"x"}}]}]"#,
            "messages[0].content[0].type", "unsupported_content"
        ),
    ]

    @Test("a message that cannot be said is named", arguments: wrongMessages)
    func wrongMessage(messages: String, param: String, code: String) async throws {
        try await TestAPI.with { test in
            let answer = try await test.chat(#"{"messages":\#(messages)}"#)
            #expect(answer.status == 400)
            #expect(answer.json["error"]?["param"]?.stringValue == param)
            #expect(answer.json["error"]?["code"]?.stringValue == code)
        }
    }

    @Test("too many messages, too much text and too many tools have errors of their own")
    func limits() async throws {
        try await TestAPI.with(bodyLimit: 8 << 20) { test in
            let message = #"{"role":"user","content":"q"}"#
            let many = Array(repeating: message, count: 2_049).joined(separator: ",")
            let messages = try await test.chat(#"{"messages":[\#(many)]}"#)
            #expect(messages.json["error"]?["code"] == "array_above_max_length")
            let text = String(repeating: "a", count: 2 * 1_024 * 1_024 + 1)
            let long = try await test.chat(#"{"messages":[{"role":"user","content":"\#(text)"}]}"#)
            #expect(long.json["error"]?["code"] == "context_length_exceeded")
            let tool = #"{"type":"function","function":{"name":"f"}}"#
            let tools = Array(repeating: tool, count: 129).joined(separator: ",")
            let tooled = try await test.chat(Self.body(#""tools":[\#(tools)]"#))
            #expect(tooled.json["error"]?["param"] == "tools")
        }
    }
}
