import Domain
import JSON
import Testing

@Suite("Job store: submitting", .serialized)
struct SubmitTests {
    @Test("a job's row and its outbox entry are there together after the commit")
    func rowAndEntry() async throws {
        try await Bench.run { bench in
            let input = JobInput(
                query: "Посчитай", inputRange: "A1:B2", category: "analysis", data: [[1, "b"]], outputRange: "C1",
                priority: try #require(JobPriority(7)), model: "gigachat/GigaChat-2")
            let id = JobID.random()
            let submission = try await bench.store.submit(id, input, client: "key-1", key: nil)
            #expect(submission == .accepted(id))
            let row = try await bench.column(
                "ARRAY[client_id, status, query_text, input_range, category, input_data::text, output_range, "
                    + "priority::text, attempts::text, requested_model]", of: id)
            #expect(row == #"{key-1,queued,Посчитай,A1:B2,analysis,"[[1, \"b\"]]",C1,7,0,gigachat/GigaChat-2}"#)
            #expect(try await bench.outboxEntries(of: id) == ["request"])
        }
    }

    @Test("when the outbox refuses its entry, the job is not stored either")
    func oneTransaction() async throws {
        try await Bench.run { bench in
            let id = JobID.random()
            try await bench.sql("INSERT INTO outbox (job_id, kind) VALUES ('\(id)', 'request')")
            await #expect(throws: StoreError.self) {
                _ = try await bench.store.submit(id, JobInput(query: "x"), client: "c", key: nil)
            }
            #expect(try await bench.store.status(of: id) == nil)
        }
    }

    @Test("what is not given is stored as NULL")
    func defaults() async throws {
        try await Bench.run { bench in
            let id = try await bench.submit(JobInput(query: "x"))
            let nulls = try await bench.column(
                "num_nulls(input_range, category, input_data, output_range, requested_model)", of: id)
            #expect(nulls == "5")
        }
    }

    @Test("an id that is taken is refused and the first job stays as it is")
    func takenID() async throws {
        try await Bench.run { bench in
            let id = try await bench.submit(JobInput(query: "first"))
            await #expect(throws: StoreError.self) {
                _ = try await bench.store.submit(id, JobInput(query: "second"), client: "c", key: nil)
            }
            #expect(try await bench.column("query_text", of: id) == "first")
            #expect(try await bench.outboxEntries(of: id) == ["request"])
        }
    }

    @Test(
        "texts come back to the worker character by character",
        arguments: [
            "Ёлки-палки 'кавычки' \"двойные\" \\обратная\\", "😀👨‍👩‍👧 é e\u{301} \u{202E}", "a\n\tb\r\n", "$1 %s {} ; -- /*",
            "\u{1}\u{7F}\u{FFFD}\u{10FFFF}",
        ])
    func texts(text: String) async throws {
        try await Bench.run { bench in
            let input = JobInput(
                query: text, inputRange: text, category: text, data: [[.string(text)]],
                outputRange: text, model: text)
            let job = try await bench.claim(try await bench.submit(input))
            #expect(Array(job.input.query.unicodeScalars) == Array(text.unicodeScalars))
            #expect(job.input == input)
        }
    }
}
