import Domain
import JSON
import Testing

@testable import Providers

@Suite("The request to GigaChat")
struct GigaChatRequestTests {
    private static func body(
        _ messages: [ChatMessage], streams: Bool = false, _ change: (inout ChatRequest) -> Void = { _ in }
    ) throws -> JSONValue {
        var request = ChatRequest(.stage(.chat), messages, context: CallContext(requestID: "1"))
        change(&request)
        return try JSONParser().parse(GigaChatRequest.body(request, model: "GigaChat-2", streams: streams))
    }

    private static func value(_ text: String) throws -> JSONValue { try JSONParser().parse(text) }

    private static func call(_ id: String, _ name: String = "f", _ arguments: String = "{}") -> ChatMessage {
        ChatMessage(.assistant, "", toolCalls: [ChatToolCall(id: id, name: name, arguments: arguments)])
    }

    private static func result(_ id: String, _ text: String) -> ChatMessage {
        ChatMessage(.tool, text, toolCallID: id)
    }

    @Test("joins instructions in front and merges neighbouring turns of one side")
    func order() throws {
        let body = try Self.body(
            [
                ChatMessage(.system, "один"), ChatMessage(.user, "a"), ChatMessage(.user, "b"),
                ChatMessage(.system, "два"), ChatMessage(.assistant, "c"), ChatMessage(.assistant, "d"),
                ChatMessage(.user, "e"),
            ], streams: true)
        let fixture = try Self.value(
            #"""
            {"model":"GigaChat-2","stream":true,"messages":[
              {"role":"system","content":"один\n\nдва"},{"role":"user","content":"a\n\nb"},
              {"role":"assistant","content":"c\n\nd"},{"role":"user","content":"e"}]}
            """#)
        #expect(body == fixture)
    }

    @Test(
        "says how the answer is drawn in numbers that GigaChat takes",
        arguments: [
            (0.0, 0.9, #"{"top_p":0}"#), (-1, nil, #"{"top_p":0}"#), (0.5, nil, #"{"temperature":0.5}"#),
            (3, 1.5, #"{"temperature":2.0,"top_p":1.0}"#), (nil, -1, #"{"top_p":0.0}"#), (nil, nil, "{}"),
        ] as [(Double?, Double?, String)])
    func sampling(temperature: Double?, topP: Double?, fixture: String) throws {
        let body = try Self.body([]) {
            $0.sampling.temperature = temperature
            $0.sampling.topP = topP
            $0.sampling.stop = ["x"]
            $0.sampling.seed = 1
            $0.sampling.presencePenalty = 1
            $0.sampling.frequencyPenalty = 1
        }
        let drawn = JSONObject(
            (body.objectValue ?? [:]).filter { !["model", "messages"].contains($0.key) }.map { ($0.key, $0.value) })
        #expect(try .object(drawn) == Self.value(fixture))
    }

    @Test(
        "names tools as functions, and which of them is to be called",
        arguments: [
            (1, .automatic, #""auto""#), (1, .none, #""none""#), (2, .named("f1"), #"{"name":"f1"}"#),
            (1, .required, #"{"name":"f0"}"#), (2, .required, #""auto""#),
        ] as [(Int, ChatTool.Choice, String)])
    func tools(count: Int, choice: ChatTool.Choice, fixture: String) throws {
        let body = try Self.body([]) {
            $0.tools = (0..<count).map { ChatTool(name: "f\($0)", parameters: ["type": "object"]) }
            $0.toolChoice = choice
        }
        #expect(try body["function_call"] == Self.value(fixture))
        #expect(try body["functions"]?[0] == Self.value(#"{"name":"f0","parameters":{"type":"object"}}"#))
        #expect(body["functions"]?.arrayValue?.count == count)
        #expect(body["tools"] == nil && body["tool_choice"] == nil)
    }

    @Test("sends calls back with GigaChat's state, and results as JSON")
    func calls() throws {
        let body = try Self.body([
            ChatMessage(.user, "a"), Self.call("state-1", "f", #"{"x":1}"#), Self.result("state-1", "готово"),
            Self.call("call_1"), Self.result("call_1", #"{"y":2}"#),
        ])
        let fixture = try Self.value(
            #"""
            [{"role":"user","content":"a"},
             {"role":"assistant","content":"","function_call":{"name":"f","arguments":{"x":1}},
              "functions_state_id":"state-1"},
             {"role":"function","name":"f","content":"{\"result\":\"готово\"}"},
             {"role":"assistant","content":"","function_call":{"name":"f","arguments":{}}},
             {"role":"function","name":"f","content":"{\"y\":2}"}]
            """#)
        #expect(body["messages"] == fixture)
    }

    @Test("gives each of several calls of a turn its own turn and result")
    func severalCalls() throws {
        let calls = ["1", "2"].map { ChatToolCall(id: "call_\($0)", name: "f\($0)", arguments: "") }
        let body = try Self.body([
            ChatMessage(.assistant, "t", toolCalls: calls), Self.result("call_2", "2"), Self.result("call_1", "[1]"),
        ])
        let fixture = try Self.value(
            #"""
            [{"role":"assistant","content":"t","function_call":{"name":"f2","arguments":{}}},
             {"role":"function","name":"f2","content":"{\"result\":2}"},
             {"role":"assistant","content":"","function_call":{"name":"f1","arguments":{}}},
             {"role":"function","name":"f1","content":"[1]"}]
            """#)
        #expect(body["messages"] == fixture)
    }

    @Test(
        "refuses a history that GigaChat would refuse",
        arguments: [
            [call("call_1")],
            [call("call_1"), ChatMessage(.user, "a"), result("call_1", "b")],
            [result("call_1", "b")],
            [call("call_1"), result("call_2", "b")],
            [call("call_1", "f", "{\"x\":"), result("call_1", "b")],
            [call("call_1", "имя"), result("call_1", "b")],
        ])
    func badHistory(messages: [ChatMessage]) throws {
        let failure = #expect(throws: ModelFailure.self) { try Self.body(messages) }
        #expect(failure?.failureClass == .badRequest)
    }

    @Test("refuses names of functions that GigaChat would refuse", arguments: ["", "1a", "имя", "a b", "a/b"])
    func badName(name: String) {
        let failure = #expect(throws: ModelFailure.self) { try Self.body([]) { $0.tools = [ChatTool(name: name)] } }
        #expect(failure?.failureClass == .badRequest)
        #expect(failure?.detail.contains("Latin letters") == true)
    }

    @Test("takes names with every sign that is allowed")
    func goodName() throws {
        let body = try Self.body([]) { $0.tools = [ChatTool(name: "_get-Weather.v2")] }
        #expect(body["functions"]?[0]?["name"] == "_get-Weather.v2")
    }

    @Test("refuses to have a tool called that is not there")
    func unknownChoice() {
        #expect(throws: ModelFailure.self) {
            try Self.body([]) {
                $0.tools = [ChatTool(name: "f")]
                $0.toolChoice = .named("g")
            }
        }
    }

    @Test("asks for a shape without the nesting of other providers")
    func schema() throws {
        let body = try Self.body([]) {
            $0.format = .jsonSchema(name: "n", schema: ["type": "object"], isStrict: true)
        }
        let fixture = #"{"type":"json_schema","schema":{"type":"object"},"strict":true}"#
        #expect(try body["response_format"] == Self.value(fixture))
    }

    @Test("asks for an object by an instruction, because GigaChat refuses the format")
    func object() throws {
        let body = try Self.body([ChatMessage(.system, "s")]) { $0.format = .jsonObject }
        #expect(body["response_format"] == nil)
        #expect(body["messages"]?[0]?["content"]?.stringValue == "s\n\n" + GigaChatRequest.objectInstruction)
    }
}
