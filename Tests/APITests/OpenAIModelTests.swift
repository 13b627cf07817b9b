import Domain
import JSON
import TestSupport
import Testing

@Suite("OpenAI front: models and vectors", .timeLimit(.minutes(10)))
struct OpenAIModelTests {
    private static let listing = ModelListing(models: [
        ModelDescription(provider: "gigachat", id: "GigaChat-2", owner: "salutedevices", capabilities: .chat),
        ModelDescription(provider: "a", id: "m", capabilities: .chat),
        ModelDescription(provider: "b", id: "m", capabilities: .chat),
    ])

    @Test("the list begins with our own name and tells shared ones apart")
    func list() async throws {
        try await TestAPI.with { test in
            test.model.set { $0.listing = Self.listing }
            let answer = try await test.get("/v1/models")
            #expect(answer.json["object"] == "list")
            let data = try #require(answer.json["data"]?.arrayValue)
            #expect(data.compactMap { $0["id"]?.stringValue } == ["gigaoffice", "GigaChat-2", "a/m", "b/m"])
            let second: JSONValue = [
                "id": "GigaChat-2", "object": "model", "created": 0, "owned_by": "salutedevices",
            ]
            #expect(data[1] == second)
        }
    }

    @Test(
        "one model is found by its name",
        arguments: ["gigaoffice", "GigaChat-2", "gigachat/GigaChat-2", "a%2Fm", "b/m"])
    func one(name: String) async throws {
        try await TestAPI.with { test in
            test.model.set { $0.listing = Self.listing }
            let answer = try await test.get("/v1/models/\(name)")
            #expect(answer.status == 200)
            #expect(answer.json["object"] == "model")
        }
    }

    @Test("a model that is not there is model_not_found")
    func none() async throws {
        try await TestAPI.with { test in
            let answer = try await test.get("/v1/models/gpt-9")
            #expect(answer.status == 404)
            #expect(answer.json["error"]?["code"] == "model_not_found")
        }
    }

    @Test("vectors come as numbers, and as base64 of 32-bit floats")
    func vectors() async throws {
        try await TestAPI.with { test in
            let plain = try await test.post("/v1/embeddings", #"{"model":"e","input":"q"}"#)
            let expected: JSONValue = [
                "object": "list", "data": [["object": "embedding", "index": 0, "embedding": [0.5, -1.0]]],
                "model": "Embeddings", "usage": ["prompt_tokens": 7, "total_tokens": 7],
            ]
            #expect(plain.json == expected)
            #expect(test.model.now.embedding?.target == .named("e", .embedding))
            let packed = try await test.post("/v1/embeddings", #"{"input":["q"],"encoding_format":"base64"}"#)
            // 0x3F000000 and 0xBF800000, least significant byte first.
            #expect(packed.json["data"]?[0]?["embedding"] == "AAAAPwAAgL8=")
            #expect(test.model.now.embedding?.inputs == ["q"])
        }
    }

    @Test(
        "what cannot be turned into vectors is named",
        arguments: [
            ("null", "input"), ("[]", "input"), ("[1,2]", "input[0]"), ("[[1]]", "input[0]"), ("7", "input"),
            (#""""#, "input"), (#"["a",""]"#, "input[1]"),
        ])
    func wrongInput(input: String, param: String) async throws {
        try await TestAPI.with { test in
            let answer = try await test.post("/v1/embeddings", #"{"input":\#(input)}"#)
            #expect(answer.status == 400)
            #expect(answer.json["error"]?["param"]?.stringValue == param)
        }
    }

    @Test("an empty text after one of a wrong type is named by its own place")
    func places() async throws {
        try await TestAPI.with { test in
            let answer = try await test.post("/v1/embeddings", #"{"input":[1,""]}"#)
            let message = answer.json["error"]?["message"]?.stringValue ?? ""
            #expect(message.contains("input[0]: ") && message.contains("input[1]: "))
        }
    }

    @Test("dimensions and unknown encodings are refused", arguments: [#""dimensions":8"#, #""encoding_format":"hex""#])
    func unsupported(field: String) async throws {
        try await TestAPI.with { test in
            let answer = try await test.post("/v1/embeddings", #"{"input":"q",\#(field)}"#)
            #expect(answer.status == 400)
        }
    }
}
