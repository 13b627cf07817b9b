import Domain
import EventLoop
import JSON
import TestSupport
import Testing

@Suite("Feedback over HTTP")
struct FeedbackTests {
    @Test(
        "is stored under both paths and given back with its number",
        arguments: ["/api/ai/response", "/api/v1/feedback"])
    func stored(path: String) async throws {
        try await TestAPI.with { api in
            api.prompts.state.withLock { $0.jobs = [.sample] }
            let answer = try await api.ask(
                "POST", path,
                body: #"{"ai_request_id":"\#(JobID.sampleText)","text_response":"да","rating":true,"comment":null}"#)
            #expect(answer.status == 201)
            #expect(answer.json["id"] == 5 && answer.json["ai_request_id"]?.stringValue == JobID.sampleText)
            #expect(answer.json["text_response"] == "да" && answer.json["rating"] == true)
            #expect(answer.json["comment"] == .null)
        }
    }

    @Test("about an unknown or malformed job is 404", arguments: [JobID.sampleText, "x"])
    func unknown(id: String) async throws {
        try await TestAPI.with { api in
            try await api.ask("POST", "/api/ai/response", body: #"{"ai_request_id":"\#(id)","rating":false}"#)
                .expectProblem(404, detail: "AI request not found")
        }
    }

    @Test("names every fault")
    func faults() async throws {
        try await TestAPI.with { api in
            let answer = try await api.ask(
                "POST", "/api/ai/response", body: #"{"rating":"good","comment":3,"text_response":[]}"#)
            answer.expectProblem(422)
            #expect(answer.json["errors"]?.arrayValue?.count == 4)
        }
    }
}
