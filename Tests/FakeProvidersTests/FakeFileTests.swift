import FakeProviders
import JSON
import TestSupport
import Testing

@Suite("The fake's files and its check of texts", .timeLimit(.minutes(10)))
struct FakeFileTests {
    private static func form(_ parts: [(head: String, content: String)]) -> String {
        parts.map { "--mark\r\nContent-Disposition: form-data; \($0.head)\r\n\r\n\($0.content)\r\n" }.joined()
            + "--mark--\r\n"
    }

    private static let type = ["Content-Type: multipart/form-data; boundary=mark"]
    private static let text = (#"name="file"; filename="a.txt""# + "\r\nContent-Type: text/plain", "строка\r\n--mar")
    private static let purpose = (#"name="purpose""#, "general")

    @Test("a file is kept, listed, given back to the byte, and gone when it is deleted")
    func life() async throws {
        try await FakeClient.with { (client) async throws in
            let body = Self.form([Self.text, Self.purpose])
            let file = try JSONParser().parse(try await client.ask("POST", "files", body: body, fields: Self.type).body)
            let id = try #require(file["id"]?.stringValue)
            #expect(file["filename"] == "a.txt" && file["purpose"] == "general" && file["modalities"] == ["text"])
            #expect(file["bytes"]?.intValue == Self.text.1.utf8.count)
            let list = try JSONParser().parse(try await client.ask("GET", "files", body: nil).body)
            #expect(list["data"]?[0]?["id"]?.stringValue == id)
            #expect(try await client.ask("GET", "files/\(id)", body: nil).status == 200)
            #expect(try await client.ask("GET", "files/\(id)/content", body: nil).text == Self.text.1)
            #expect(try await client.ask("POST", "files/\(id)/delete", body: "").text.contains("\"deleted\":true"))
            #expect(try await client.ask("GET", "files/\(id)", body: nil).status == 404)
        }
    }

    @Test("a form without a file or a purpose, and a body that is no form, are refused")
    func refusals() async throws {
        try await FakeClient.with { (client) async throws in
            for (body, status) in [
                (Self.form([Self.purpose]), 422), (Self.form([Self.text]), 422), ("{}", 400), ("--mark\r\n", 400),
            ] {
                #expect(try await client.ask("POST", "files", body: body, fields: Self.type).status == status)
            }
        }
    }

    @Test(
        "a text of the model's own is known again, and a short one is refused",
        arguments: [("", "human"), ("echo: ", "ai"), ("начало echo: ", "mixed")])
    func check(start: String, category: String) async throws {
        try await FakeClient.with { (client) async throws in
            let text = start + String(repeating: "слово ", count: 20)
            let body = #"{"model":"GigaCheckDetection","input":"\#(text)"}"#
            let answer = try JSONParser().parse(try await client.ask("POST", "ai/check", body: body).body)
            #expect(answer["category"]?.stringValue == category)
            let short = #"{"model":"GigaCheckDetection","input":"echo: слово"}"#
            #expect(try await client.ask("POST", "ai/check", body: short).status == 422)
        }
    }
}
