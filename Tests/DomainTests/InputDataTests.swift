import Domain
import JSON
import Testing

@Suite("Job input: the table")
struct InputDataTests {
    @Test(
        "both forms become rows of cells; the keys of objects become the first row",
        arguments: [
            (#"[["a","b"],[1,2]]"#, #"[["a","b"],[1,2]]"#),
            (#"[{"a":1,"b":2}]"#, #"[["a","b"],[1,2]]"#),
            (#"[{"a":1},{"b":2,"a":3},{}]"#, #"[["a","b"],[1,null],[3,2],[null,null]]"#),
            (#"[{"b":1,"a":2},{"a":3,"b":4}]"#, #"[["b","a"],[1,2],[4,3]]"#),
            (#"[[1],[1,2,3],[]]"#, #"[[1],[1,2,3],[]]"#),
            ("[]", "[]"),
            ("[[]]", "[[]]"),
            ("[{}]", "[[],[]]"),
            (#"[["",null,true,false]]"#, #"[["",null,true,false]]"#),
            (#"[["=SUM(A1:A2)","\"q\"","\\","🙂\n"]]"#, #"[["=SUM(A1:A2)","\"q\"","\\","🙂\n"]]"#),
            (#"[{"":1}]"#, #"[[""],[1]]"#),
        ])
    func forms(sent: String, kept: String) throws {
        #expect(try accepted(body("input_data", sent)).data?.description == kept)
    }

    @Test(
        "numbers are kept as they are written",
        arguments: [
            "10.50", "12345678901234567890", "0.1", "-0.0", "1e2", "9223372036854775807", "-9223372036854775808",
            "1.7976931348623157e308", "5e-324", "2.2250738585072014E-308",
        ])
    func numbers(written: String) throws {
        #expect(try accepted(body(cell: written)).data?.description == "[[\(written)]]")
    }

    @Test(
        "a number that PostgreSQL could not store, or would blow up, is out of range",
        arguments: [
            "1e309", "-1e309", "1e400", "1e131072", "1e-401", "1e-16384", "0e-20000", "0e999999999999",
            "1e-99999999999999999999", "1e99999999999999999999", "0." + String(repeating: "0", count: 400),
            String(repeating: "1", count: 200_000), "0." + String(repeating: "1", count: 200_000),
        ])
    func impossibleNumbers(written: String) throws {
        #expect(try faults(body(cell: written)) == ["input_data.0.0 out_of_range"])
    }

    @Test("digits are counted as they are when the number is written without an exponent")
    func digitLimit() throws {
        let digits = String(repeating: "1", count: 300)
        #expect(try faults(body(cell: "\(digits).\(String(repeating: "5", count: 100))")) == [])
        #expect(
            try faults(body(cell: "\(digits).\(String(repeating: "5", count: 101))"))
                == ["input_data.0.0 out_of_range"])
        #expect(try faults(body(cell: "-1e-399")) == [])
        #expect(try faults(body(cell: "-1.5e-399")) == ["input_data.0.0 out_of_range"])
        #expect(try faults(body(cell: "100e-399")) == [])
    }

    @Test("a row wider than a sheet is too large")
    func tooWide() throws {
        let cells = Array(repeating: "1", count: 16_385).joined(separator: ",")
        #expect(try faults(body("input_data", "[[\(cells)]]")) == ["input_data.0 too_large"])
    }
}
