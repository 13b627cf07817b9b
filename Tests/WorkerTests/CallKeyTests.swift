import Domain
import JSON
import Testing

@testable import Worker

@Suite("What makes two questions the same")
struct CallKeyTests {
    private static let base: ChatRequest = {
        var request = ChatRequest(
            .stage(.generation, category: "analysis"), [ChatMessage(.system, "s"), ChatMessage(.user, "u")],
            context: CallContext(requestID: "r", client: "c"))
        request.sampling.temperature = 0.5
        request.tools = [ChatTool(name: "t", description: "d", parameters: ["type": "object"])]
        request.format = .jsonSchema(name: "n", schema: ["type": "array"], isStrict: false)
        request.job = JobInput(
            query: "q", inputRange: "A1", category: "analysis", data: [[1]], outputRange: "B1")
        return request
    }()

    /// Everything that an answer may depend on, changed one by one.
    private static let differences: [(String, @Sendable (inout ChatRequest) -> Void)] = [
        ("stage", { $0.target = .stage(.classification, category: "analysis") }),
        ("category", { $0.target = .stage(.generation, category: "search") }),
        ("model", { $0.target = .named("analysis", .generation) }),
        ("provider", { $0.target = .named("p/analysis", .generation) }),
        ("role", { $0.messages[1].role = .assistant }), ("text", { $0.messages[1].text = "U" }),
        ("a turn more", { $0.messages.append(ChatMessage(.user, "")) }),
        (
            "where one turn ends",
            {
                $0.messages[0].text = "su"
                $0.messages[1].text = ""
            }
        ),
        ("tool call", { $0.messages[1].toolCalls = [ChatToolCall(id: "i", name: "n", arguments: "{}")] }),
        ("answered call", { $0.messages[1].toolCallID = "i" }), ("tool's name", { $0.messages[1].name = "n" }),
        ("temperature", { $0.sampling.temperature = nil }), ("top p", { $0.sampling.topP = 0.5 }),
        ("length", { $0.sampling.maximumTokens = 7 }), ("stop", { $0.sampling.stop = ["x"] }),
        ("seed", { $0.sampling.seed = 1 }), ("presence", { $0.sampling.presencePenalty = 1 }),
        ("frequency", { $0.sampling.frequencyPenalty = 1 }), ("no tools", { $0.tools = [] }),
        ("tool", { $0.tools[0].name = "T" }), ("description", { $0.tools[0].description = nil }),
        ("parameters", { $0.tools[0].parameters = nil }), ("choice", { $0.toolChoice = .named("t") }),
        ("format", { $0.format = .text }),
        ("schema", { $0.format = .jsonSchema(name: "n", schema: ["type": "array"], isStrict: true) }),
        ("no job", { $0.job = nil }), ("query", { $0.job?.query = "Q" }), ("range", { $0.job?.inputRange = nil }),
        ("job's category", { $0.job?.category = nil }), ("data", { $0.job?.data = [["1"]] }),
        ("wished range", { $0.job?.outputRange = "B2" }), ("try", { $0.context.attempt = 2 }),
    ]

    @Test("whatever the answer may depend on tells them apart")
    func differ() {
        var keys: Set<CallKey> = [CallKey(Self.base)]
        for (name, change) in Self.differences {
            var request = Self.base
            change(&request)
            #expect(keys.insert(CallKey(request)).inserted, "\(name)")
        }
    }

    @Test("who asks, how urgently and for how long does not")
    func same() throws {
        var request = Self.base
        request.context = CallContext(requestID: "other", client: "other", session: "s", timeBudget: .seconds(1))
        request.job?.priority = try #require(JobPriority(9))
        #expect(CallKey(request) == CallKey(Self.base))
    }
}
