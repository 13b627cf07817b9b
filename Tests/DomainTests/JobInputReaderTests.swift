import Domain
import JSON
import Testing

@Suite("Job input")
struct JobInputReaderTests {
    @Test("all fields are taken as they were sent")
    func allFields() throws {
        let input = try accepted(
            """
            {"query_text":" Посчитай сумму\\n","input_range":"Лист1!$A$1:$D$10","category":"analysis",
            "input_data":[["a",1],["b",2.50]],"output_range":"F1","priority":7}
            """)
        let data: JSONText = [["a", 1], ["b", .decimal(try #require(JSONDecimal(text: "2.50")))]]
        let expected = JobInput(
            query: " Посчитай сумму\n", inputRange: "Лист1!$A$1:$D$10", category: "analysis", data: data,
            outputRange: "F1", priority: try #require(JobPriority(7)))
        #expect(input == expected)
    }

    @Test(
        "what is not given, or given as null, has its default",
        arguments: [
            #"{"query_text":"x"}"#,
            """
            {"query_text":"x","input_range":null,"category":null,"input_data":null,"output_range":null,
            "priority":null}
            """,
        ])
    func defaults(body: String) throws {
        #expect(try accepted(body) == JobInput(query: "x"))
    }

    @Test("unknown fields and preset_prompt are ignored, whatever they hold")
    func unknownFields() throws {
        let input = try accepted(
            #"{"query_text":"x","preset_prompt":{"a":[1]},"user_id":"7","query":5,"Priority":99,"":null}"#)
        #expect(input == JobInput(query: "x"))
    }

    @Test("the queue's name of the query field is the reader's choice")
    func queryField() throws {
        let object: JSONObject = ["query": "x", "query_text": 1]
        let input = try JobInputReader(queryField: "query").read(object).get()
        #expect(input.query == "x")
        guard case .failure(let faults) = JobInputReader(queryField: "query").read(["query_text": "x"]) else {
            Issue.record("accepted without a query")
            return
        }
        #expect(faults.list.map(\.location) == [["query"]])
    }

    @Test(
        "a field that breaks its rule is named with the kind of fault",
        arguments: [
            ("{}", "query_text missing"),
            (#"{"query_text":null}"#, "query_text type_error"),
            (#"{"query_text":5}"#, "query_text type_error"),
            (#"{"query_text":["x"]}"#, "query_text type_error"),
            (#"{"query_text":""}"#, "query_text string_too_short"),
            (#"{"query_text":" \t\n\u00a0\u2003"}"#, "query_text string_too_short"),
            (#"{"query_text":"a\u0000b"}"#, "query_text nul_character"),
            (#"{"query_text":"\u0000"}"#, "query_text nul_character"),
            (body("input_range", "1"), "input_range type_error"),
            (body("input_range", "[]"), "input_range type_error"),
            (body("input_range", #""A\u00001""#), "input_range nul_character"),
            (body("output_range", "true"), "output_range type_error"),
            (body("output_range", #""\u0000""#), "output_range nul_character"),
            (body("category", "3"), "category type_error"),
            (body("category", "{}"), "category type_error"),
            (body("priority", "-1"), "priority out_of_range"),
            (body("priority", "11"), "priority out_of_range"),
            (body("priority", "9223372036854775807"), "priority out_of_range"),
            (body("priority", "5.5"), "priority type_error"),
            (body("priority", "1e400"), "priority type_error"),
            (body("priority", #""5""#), "priority type_error"),
            (body("priority", "true"), "priority type_error"),
            (body("input_data", #""a""#), "input_data type_error"),
            (body("input_data", "{}"), "input_data type_error"),
            (body("input_data", "false"), "input_data type_error"),
            (body("input_data", "[1]"), "input_data.0 type_error"),
            (body("input_data", "[[1],{}]"), "input_data.1 type_error"),
            (body("input_data", "[{},[1]]"), "input_data.1 type_error"),
            (body("input_data", "[[1],null]"), "input_data.1 type_error"),
            (body(cell: "[]"), "input_data.0.0 type_error"),
            (body(cell: "{}"), "input_data.0.0 type_error"),
            (body("input_data", #"[{"a":{}}]"#), "input_data.0.a type_error"),
            (body("input_data", #"[{"a\u0000":1}]"#), "input_data nul_character"),
            (body(cell: #""\u0000""#), "input_data.0.0 nul_character"),
            (body("input_data", #"[{"a":1,"b":"\u0000"}]"#), "input_data.0.b nul_character"),
        ])
    func oneFault(body: String, fault: String) throws {
        #expect(try faults(body) == [fault])
    }

    @Test("every fault is found at once, in the order of the fields")
    func allFaults() throws {
        let body = """
            {"priority":99,"input_data":[["ok",[]],["\\u0000"],7],"category":1,"output_range":2,"input_range":3,
            "query_text":""}
            """
        #expect(
            try faults(body) == [
                "query_text string_too_short", "input_range type_error", "output_range type_error",
                "category type_error", "priority out_of_range", "input_data.0.1 type_error", "input_data.2 type_error",
            ])
    }

    @Test("every cell that cannot be stored is found at once")
    func allCellFaults() throws {
        let body = body("input_data", #"[["\u0000",1],[2,1e999],[1e-999,"b\u0000"]]"#)
        #expect(
            try faults(body) == [
                "input_data.0.0 nul_character", "input_data.1.1 out_of_range", "input_data.2.0 out_of_range",
                "input_data.2.1 nul_character",
            ])
    }

    @Test("a table full of faults is answered with as many as a person may want to read")
    func boundedFaults() throws {
        let cells = Array(repeating: #""\u0000""#, count: 5000).joined(separator: ",")
        #expect(try faults(body("input_data", "[[\(cells)]]")).count == 50)
    }

    @Test(
        "whole numbers are priorities however they are written",
        arguments: [("0", 0), ("10", 10), ("5.0", 5), ("1e1", 10)])
    func priorities(written: String, value: Int) throws {
        #expect(try accepted(body("priority", written)).priority.value == value)
    }

    @Test("an empty range is no range")
    func emptyRange() throws {
        let input = try accepted(#"{"query_text":"x","input_range":"","output_range":""}"#)
        #expect(input.inputRange == nil)
        #expect(input.outputRange == nil)
    }

    @Test(
        "a category that cannot be one is as good as none",
        arguments: [#""""#, #""a\u0000""#, json("a", times: 51), json("я", times: 51)])
    func impossibleCategory(category: String) throws {
        #expect(try accepted(body("category", category)).category == nil)
    }

    @Test("a category of fifty characters is kept, whatever they weigh")
    func longCategory() throws {
        #expect(try accepted(body("category", json("я", times: 50))).category?.count == 50)
    }

    @Test(
        "limits count characters, not bytes: exactly at the limit is accepted, one more is not",
        arguments: ["a", "я", "表", "😀"])
    func limits(character: String) throws {
        let longest = json(character, times: 32_000)
        #expect(try accepted(#"{"query_text":\#(longest)}"#).query.unicodeScalars.count == 32_000)
        let tooLong = json(character, times: 32_001)
        #expect(try faults(#"{"query_text":\#(tooLong)}"#) == ["query_text string_too_long"])
        for field in ["input_range", "output_range"] {
            #expect(try faults(body(field, json(character, times: 50))) == [])
            #expect(try faults(body(field, json(character, times: 51))) == ["\(field) string_too_long"])
        }
    }

    @Test("a combined character counts as the code points that it is made of")
    func combinedCharacters() throws {
        let family = "👨‍👩‍👧"
        #expect(family.unicodeScalars.count == 5)
        #expect(try faults(body("input_range", json(family, times: 10))) == [])
        #expect(try faults(body("input_range", json(family, times: 11))) == ["input_range string_too_long"])
    }
}
