import Domain
import JSON
import Testing

@testable import Queue

@Suite("Request message")
struct RequestMessageTests {
    private func value(_ input: JobInput, limit: Int = 500_000) throws -> JSONValue {
        try parsed(RequestMessage.value(Samples.entry(.request(input)), input, limit: limit))
    }

    @Test("a full job has the shape that consumers know")
    func full() throws {
        let input = JobInput(
            query: "Посчитай \"сумму\"", inputRange: "A1:B2", category: "analysis", data: [["a", 1], ["b", .null]],
            outputRange: "C1", priority: try #require(JobPriority(7)))
        let expected = try JSONParser().parse(
            """
            {"id":"\(Samples.idText)","user_id":0,"priority":7,"query":"Посчитай \\"сумму\\"","input_range":"A1:B2",
            "category":"analysis","input_data":[["a",1],["b",null]],"output_range":"C1",
            "created_at":1778314530.000125,"timestamp":"\(Samples.timeText)"}
            """)
        #expect(try value(input) == expected)
    }

    @Test("what a job does not have is null, not missing")
    func bare() throws {
        let object = try #require(try value(JobInput(query: "x")).objectValue)
        for field in ["input_range", "category", "input_data", "output_range"] {
            #expect(object[field] == .null, "\(field)")
        }
        #expect(object["priority"] == 0)
    }

    @Test("a message above the limit goes without its data, and keeps all else")
    func tooLarge() throws {
        let input = JobInput(query: "x", inputRange: "A1", data: [[.string(String(repeating: "я", count: 1000))]])
        let whole = RequestMessage.value(Samples.entry(.request(input)), input, limit: .max)
        #expect(try value(input, limit: whole.count)["input_data"] == input.data?.value())
        let cut = try value(input, limit: whole.count - 1)
        #expect(cut["input_data"] == .null)
        #expect(cut["input_range"] == "A1")
        #expect(cut["id"] == .string(Samples.idText))
    }

    @Test("a worker reads back what was written")
    func roundTrip() throws {
        let input = JobInput(
            query: "a\u{1}\"\\я😀", inputRange: "Лист1!$A$1", category: "search", data: [[1, true, "x"]],
            outputRange: "Z9", priority: try #require(JobPriority(10)))
        let object = try #require(try value(input).objectValue)
        #expect(try JobInputReader(queryField: "query").read(object).get() == input)
    }
}
