import Domain
import JSON
import Testing

@testable import Providers

@Suite("The reader of whole answers")
struct AnswerReaderTests {
    private static func chat(_ body: String) throws -> ChatResult {
        try AnswerReader.chat(AnswerReader.value(Array(body.utf8)), provider: "p", asked: "asked")
    }

    @Test("reads GigaChat's recorded answer")
    func recorded() throws {
        let result = try Self.chat(
            #"""
            {"choices":[{"message":{"content":"Да","role":"assistant"},"index":0,"finish_reason":"stop"}],
            "created":1,"model":"GigaChat:2.0.28.2","object":"chat.completion",
            "usage":{"prompt_tokens":17,"completion_tokens":3,"total_tokens":20,"precached_prompt_tokens":2}}
            """#)
        var end = ChatEnd(
            reason: .stop, tokens: TokenUsage(prompt: 17, completion: 3, precached: 2), model: "GigaChat:2.0.28.2",
            provider: "p")
        end.attempts = result.end.attempts
        #expect(result == ChatResult(text: "Да", end: end))
    }

    @Test("puts up with a byte order mark, blank lines before the answer and broken UTF-8")
    func tolerance() throws {
        let answer = Array(#"{"choices":[{"message":{"content":"a"}}]}"#.utf8)
        #expect(try AnswerReader.value([0xEF, 0xBB, 0xBF] + answer)["choices"] != nil)
        #expect(try AnswerReader.value(Array("\n\r\n ".utf8) + answer)["choices"] != nil)
        let broken = Array(#"{"a":""#.utf8) + [0xFF] + Array(#""}"#.utf8)
        #expect(try AnswerReader.value(broken)["a"] == "\u{FFFD}")
    }

    @Test(
        "counts of tokens that make no sense are cut to what a job's row can add up",
        arguments: [("9223372036854775807", WireUsage.maximum), (#""4294967296""#, WireUsage.maximum), ("-5", 0)])
    func senselessUsage(written: String, read: Int) throws {
        let body = #"{"choices":[{"message":{"content":"a"}}],"usage":{"prompt_tokens":\#(written)}}"#
        #expect(try Self.chat(body).end.tokens == TokenUsage(prompt: read))
        #expect(2 * 50 * WireUsage.maximum < Int(Int32.max))
    }

    @Test("joins parts of text and keeps thoughts apart")
    func parts() throws {
        let result = try Self.chat(
            #"""
            {"choices":[{"message":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"h"}]},
            {"type":"text","text":"a"},{"type":"text","text":"b"}]}}]}
            """#)
        #expect(result.text == "ab" && result.reasoning == "h" && result.end.model == "asked")
    }

    @Test("reads calls with an id of the provider's or one of ours, and says that they are why it stopped")
    func calls() throws {
        let result = try Self.chat(
            #"""
            {"choices":[{"message":{"content":null,"tool_calls":[{"id":"i","function":{"name":"f","arguments":"{}"}},
            {"function":{"name":"g","arguments":{"x":1}}}]},"finish_reason":"stop"}]}
            """#)
        #expect(result.toolCalls.map(\.name) == ["f", "g"] && result.toolCalls[0].id == "i")
        #expect(result.toolCalls[1].id.hasPrefix("call_") && result.toolCalls[1].arguments == #"{"x":1}"#)
        #expect(result.end.reason == .toolCalls)
    }

    @Test(
        "says why the model stopped",
        arguments: [
            ("stop", .stop), ("length", .length), ("model_length", .length), ("blacklist", .blocked),
            ("content_filter", .blocked), ("function_call", .toolCalls), ("new", .other("new")),
        ] as [(String, ChatEnd.Reason)])
    func reasons(word: String, reason: ChatEnd.Reason) throws {
        let body = #"{"choices":[{"message":{"content":"a"},"finish_reason":"\#(word)"}]}"#
        #expect(try Self.chat(body).end.reason == reason)
    }

    @Test(
        "refuses an answer without an answer",
        arguments: [
            ("", .malformed), ("<html>", .malformed), ("{}", .malformed), (#"{"choices":[]}"#, .malformed),
            (#"{"choices":[{"message":null}]}"#, .malformed),
            (#"{"choices":[{"message":{},"finish_reason":"error"}]}"#, .malformed),
            (#"{"choices":[{"message":{},"finish_reason":"insufficient_system_resource"}]}"#, .server),
        ] as [(String, FailureClass)])
    func faults(body: String, failureClass: FailureClass) {
        let fault = #expect(throws: AnswerFault.self) { try Self.chat(body) }
        #expect(fault?.failureClass == failureClass)
    }

    @Test("puts vectors in the order of the texts and adds up their tokens")
    func embeddings() throws {
        let body = try JSONParser().parse(
            #"""
            {"data":[{"index":1,"embedding":[2],"usage":{"prompt_tokens":3}},
            {"index":0,"embedding":[0.5,1],"usage":{"prompt_tokens":4}}]}
            """#)
        let result = try AnswerReader.embeddings(body, count: 2, provider: "p", asked: "m")
        #expect(result == EmbeddingResult(vectors: [[0.5, 1], [2]], promptTokens: 7, model: "m", provider: "p"))
        #expect(throws: AnswerFault.self) {
            try AnswerReader.embeddings(body, count: 3, provider: "p", asked: "m")
        }
    }
}
