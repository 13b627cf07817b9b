import Domain
import JSON
import Testing

@Suite("Job store: values", .serialized)
struct ExactValueTests {
    private static let table: JSONValue = {
        let numbers = ["10.50", "12345678901234567890", "0.1", "0.10", "-1.5", "1.7976931348623157", "0.0"]
        let decimals = numbers.compactMap { JSONDecimal(text: $0) }.map(JSONValue.decimal)
        let texts: [JSONValue] = [
            "", " ", "Ёж 🦔 e\u{301}", #"say "hi" \ 'ho' \n"#, "a\nb\t\u{1}", "=СУММ(A1;\"x\")", "null", "1e5", "{}",
        ]
        let plain: [JSONValue] = [true, false, .null, 0, -1, .integer(.max), .integer(.min)]
        return .array([.array(decimals), .array(texts), .array(plain), []])
    }()

    @Test("cells reach the worker exactly as they were sent")
    func inputData() async throws {
        try await Bench.run { bench in
            let job = try await bench.claim(try await bench.submit(JobInput(query: "x", data: JSONText(Self.table))))
            #expect(job.input.data?.description == Self.table.description)
        }
    }

    @Test("cells reach the client exactly as the worker made them")
    func resultData() async throws {
        try await Bench.run { bench in
            let lease = try await bench.claimed()
            #expect(try await bench.store.finish(lease, .completed(.sample(table: Self.table))))
            guard case .completed(let output, _) = try await bench.store.result(of: lease.id) else {
                Issue.record("no result")
                return
            }
            #expect(output.table?.json.bytes == Self.table.serialized())
        }
    }

    @Test(
        "a number with an exponent keeps its value and is written out",
        arguments: [
            ("1e2", "100"), ("1.50E+3", "1500"), ("25e-3", "0.025"), ("-0", "0"),
            ("1e25", "1" + String(repeating: "0", count: 25)),
        ])
    func exponents(sent: String, stored: String) async throws {
        try await Bench.run { bench in
            let cell = try JSONParser().parse(sent)
            let job = try await bench.claim(try await bench.submit(JobInput(query: "x", data: [[cell]])))
            #expect(job.input.data?.description == "[[\(stored)]]")
        }
    }

    @Test("whatever number the reader lets pass, PostgreSQL stores and gives back in full")
    func edgeNumbers() async throws {
        let zeros = String(repeating: "0", count: 399)
        let numbers = [
            "1e308", "-1.7976931348623157e308", "5e-324", "4.9406564584124654e-324", "1e-399", "-1e-399", "0e-399",
            "0e399", "0." + zeros, "1" + zeros.prefix(308), "0." + zeros.dropLast() + "1", "1e400", "1e131072",
            "1e-16384", "0e-20000", "0e2147483648", "1e-99999999999", String(repeating: "9", count: 200_000),
            "0." + String(repeating: "1", count: 200_000), "1e-2147483648", "0e99999999999999999999",
        ]
        try await Bench.run { bench in
            var passed = 0
            for number in numbers {
                let object: JSONObject = ["query": "x", "input_data": [[try JSONParser().parse(number)]]]
                guard case .success(let input) = JobInputReader(queryField: "query").read(object) else { continue }
                let job = try await bench.claim(try await bench.submit(input))
                #expect(try job.input.data?.value()[0]?[0]?.doubleValue == Double(number))
                passed += 1
            }
            #expect(passed == 11)
        }
    }

    @Test("an answer that holds what PostgreSQL cannot store is stored all the same")
    func impossibleAnswer() async throws {
        try await Bench.run { bench in
            let tiny = try JSONParser().parse("[[1e-20000,\"a\\u0000b\",\"\\\\u0000\",1.50]]")
            let output = JobOutput(
                table: tiny, message: "x\0y", outputRange: "A\0", category: "c\0", tokens: TokenUsage(),
                model: "m\0", provider: "p")
            let lease = try await bench.claimed()
            #expect(try await bench.store.finish(lease, .completed(output)))
            guard case .completed(let stored, _) = try await bench.store.result(of: lease.id) else {
                Issue.record("no result")
                return
            }
            #expect(stored.table?.json.bytes == Array(#"[["1e-20000","a�b","\\u0000",1.50]]"#.utf8))
            #expect(stored.message == "x\u{FFFD}y")
        }
    }

    @Test("a reason that holds the NUL character is stored all the same")
    func impossibleReason() async throws {
        try await Bench.run { bench in
            let lease = try await bench.claimed()
            #expect(try await bench.store.finish(lease, .failed(JobFailure(.server, "bad\0gateway"))))
            #expect(
                try await bench.store.result(of: lease.id) == .failed(JobFailure(.server, "bad\u{FFFD}gateway")))
        }
    }
}
