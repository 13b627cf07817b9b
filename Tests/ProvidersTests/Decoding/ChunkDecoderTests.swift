import Domain
import Testing

@testable import Providers

@Suite("The decoder of streamed pieces")
struct ChunkDecoderTests {
    @Test("hands on text and thoughts, and keeps reason, model and counts")
    func text() throws {
        var decoder = ChunkDecoder()
        var events = try decoder.take(#"{"model":"m:1","choices":[{"delta":{"reasoning_content":"r","content":"a"}}]}"#)
        events += try decoder.take(#"{"choices":[{"delta":{"content":""},"finish_reason":null}]}"#)
        #expect(events == [.reasoning("r"), .text("a")])
        #expect(!decoder.isComplete)
        let end =
            #"{"choices":[{"delta":{},"finish_reason":"stop"}],"usage":{"prompt_tokens":3,"completion_tokens":2}}"#
        #expect(try decoder.take(end) == [])
        #expect(decoder.isComplete && decoder.reason == .stop && decoder.model == "m:1")
        #expect(decoder.tokens == TokenUsage(prompt: 3, completion: 2, precached: 0))
    }

    @Test("takes counts that come after the end, with no choices or without the list")
    func lateUsage() throws {
        for data in [#"{"choices":[],"usage":{"prompt_tokens":7}}"#, #"{"usage":{"prompt_tokens":7}}"#] {
            var decoder = ChunkDecoder()
            #expect(try decoder.take(data) == [])
            #expect(decoder.tokens.prompt == 7)
        }
    }

    @Test("ends with the mark and takes nothing after it")
    func done() throws {
        var decoder = ChunkDecoder()
        #expect(try decoder.take(" \n") == [])
        #expect(try decoder.take("[DONE]") == [])
        #expect(decoder.isDone)
        #expect(try decoder.take("no JSON") == [])
    }

    @Test("gives id and name with a call's first piece only")
    func calls() throws {
        var decoder = ChunkDecoder()
        let first =
            #"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"i","function":{"name":"f","arguments":"{"}}]}}]}"#
        let second = #"{"choices":[{"delta":{"tool_calls":[{"index":0,"id":"i","function":{"arguments":"}"}}]}}]}"#
        #expect(try decoder.take(first) == [.toolCall(index: 0, id: "i", name: "f", arguments: "{")])
        #expect(try decoder.take(second) == [.toolCall(index: 0, id: nil, name: nil, arguments: "}")])
        #expect(decoder.hasCalls)
    }

    @Test("reads GigaChat's function call with its state as the id")
    func function() throws {
        var decoder = ChunkDecoder()
        let data = #"""
            {"choices":[{"delta":{"function_call":{"name":"f","arguments":{"x":1}},"functions_state_id":"s"},
            "finish_reason":"function_call"}]}
            """#
        #expect(try decoder.take(data) == [.toolCall(index: 0, id: "s", name: "f", arguments: #"{"x":1}"#)])
        #expect(decoder.reason == .toolCalls)
    }

    @Test(
        "hands on errors that a stream tells of",
        arguments: [#"{"error":{"message":"m"}}"#, #"[{"error":{"message":"m"}}]"#, #"{"status":500,"message":"m"}"#])
    func reported(data: String) {
        var decoder = ChunkDecoder()
        #expect(throws: ChunkDecoder.Fault.reported(data)) { try decoder.take(data) }
    }

    @Test(
        "refuses what is no piece of an answer",
        arguments: ["{", "1", "{}", #"{"choices":[{"delta":{},"finish_reason":"error"}]}"#])
    func malformed(data: String) {
        var decoder = ChunkDecoder()
        let fault = #expect(throws: ChunkDecoder.Fault.self) { try decoder.take(data) }
        guard case .answer(let answer) = fault else {
            Issue.record("\(String(describing: fault))")
            return
        }
        #expect(answer.failureClass == .malformed)
    }
}
