import EventLoop
import Postgres
import TestSupport
import Testing

private let addOne = PostgresStatement("add_one", "SELECT $1::bigint + 1")
private let divide = PostgresStatement("divide", "SELECT $1::int / $2::int")
private let broken = PostgresStatement("broken", "SELEKT 1")
private let echo = PostgresStatement("echo", "SELECT $1::text, $2::text")
private let insert = PostgresStatement("insert", "INSERT INTO numbers VALUES ($1)")
private let count = PostgresStatement("count", "SELECT count(*) FROM numbers")
private let nap = PostgresStatement("nap", "SELECT pg_sleep($1)")
private let longNap = PostgresStatement("long_nap", isLong: true, "SELECT pg_sleep($1)")
private let wakeUp = PostgresStatement(
    "wake_up",
    """
    SELECT pg_cancel_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND state = 'active' AND query LIKE 'SELECT pg_sleep%'
    """)
private let binaryArrays = PostgresStatement(
    "binary_arrays", "SELECT $1::bigint[]::text, $2::uuid[]::text, $3::text[]::text")
private let textRows = PostgresStatement(
    "text_rows",
    """
    SELECT to_jsonb($1::text[]), to_jsonb(($1::text[])[2:3][1:1]), array_length($1::text[], 1),
        (SELECT count(*) FROM unnest($2::bigint[], $3::text[], $4::bigint[]) AS beside (a, b, c)
            WHERE b IS NULL AND c IS NULL)
    """)
private let arrays = PostgresStatement(
    "arrays",
    """
    SELECT '{1,-20,9223372036854775807,-9223372036854775808}'::bigint[], '{}'::bigint[], NULL::bigint[],
        '{1,NULL}'::bigint[], '{{1},{2}}'::bigint[], '{1.5}', '{9223372036854775808}', '{1,}', '{-}', '7'
    """)

/// Runs `body` with a connected client of `size` connections on a database of its own.
private func withClient(
    size: Int = 1, statementTimeout: Duration = .seconds(60),
    _ body: @escaping @Sendable (PostgresClient) async throws -> Void
) async throws {
    try await TestDatabase.with { database, loop in
        let resolver = try BlockingThread(name: "resolver")
        defer { resolver.shutdown() }
        var configuration = database.configuration
        configuration.statementTimeout = statementTimeout
        let client = PostgresClient(on: loop, configuration, size: size, resolver: resolver)
        let bound = LoopBound(client, to: loop)
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask(executorPreference: loop) { await bound.value.run() }
            let result: Result<Void, any Error>
            do {
                try await body(client)
                result = .success(())
            } catch {
                result = .failure(error)
            }
            group.cancelAll()
            try await group.waitForAll()
            try result.get()
        }
    }
}

@Suite("PostgreSQL client")
struct PostgresClientTests {
    @Test("answers a statement with parameters")
    func answers() async throws {
        try await withClient { client in
            let rows = try await client.execute(addOne(.integer(41)))
            #expect(rows.first?.integer(0) == 42)
        }
    }

    @Test("keeps no answer that it has given, while later ones are still out")
    func keepsNothing() async throws {
        try await withClient { client in
            let bound = LoopBound(client, to: client.loop)
            _ = try await client.execute(addOne(.integer(0)))
            let slow = client.loop.spawn { try await bound.value.execute(nap(.double(0.3))).count }
            weak var kept: PostgresRows?
            do {
                let rows = try await client.execute(addOne(.integer(1)))
                kept = rows
                #expect(rows.first?.integer(0) == 2)
            }
            #expect(kept == nil)
            #expect(try await slow.value == 1)
        }
    }

    @Test("keeps text exactly, and NULL apart from the empty text")
    func text() async throws {
        try await withClient { client in
            let rows = try await client.execute(echo(.text("Лист1 'x' \\ \n"), .null))
            #expect(rows.first?.string(0) == "Лист1 'x' \\ \n")
            #expect(rows.first?.string(1) == nil)
            let empty = try await client.execute(echo(.text(""), .null))
            #expect(empty.first?.string(0) == "")
        }
    }

    @Test("many tasks share one pipeline and each gets its own answer")
    func pipelining() async throws {
        try await withClient { client in
            let bound = LoopBound(client, to: client.loop)
            let sum = try await withThrowingTaskGroup(of: Int64.self) { group in
                for number in 0..<500 {
                    group.addTask(executorPreference: client.loop) {
                        let rows = try await bound.value.execute(addOne(.integer(number)))
                        let answer = rows.first?.integer(0)
                        #expect(answer == Int64(number + 1))
                        return answer ?? 0
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(sum == (1...500).reduce(0, +))
        }
    }

    @Test("long statements share one connection, and others do not wait for their answers", .timeLimit(.minutes(10)))
    func longStatements() async throws {
        try await withClient(size: 2) { client in
            let bound = LoopBound(client, to: client.loop)
            // Both connections are up, so that the long ones have a choice.
            while client.readyCount < 2 { try await client.loop.sleep(for: .milliseconds(5)) }
            let over = Lock(0)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<2 {
                    group.addTask(executorPreference: client.loop) {
                        await #expect(throws: PostgresError.self) {
                            _ = try await bound.value.execute(longNap(.double(9)))
                        }
                        over.withLock { $0 += 1 }
                    }
                }
                while client.unitsInFlight < 2 { try await client.loop.sleep(for: .milliseconds(5)) }
                try await withThrowingTaskGroup(of: Void.self) { short in
                    for number in 0..<50 {
                        short.addTask(executorPreference: client.loop) {
                            _ = try await bound.value.execute(addOne(.integer(number)))
                        }
                    }
                    try await short.waitForAll()
                }
                #expect(over.withLock { $0 } == 0)
                while over.withLock({ $0 }) < 2 {
                    _ = try await client.execute(wakeUp())
                    try await client.loop.sleep(for: .milliseconds(20))
                }
                try await group.waitForAll()
            }
            #expect(try await client.execute(addOne(.integer(1))).first?.integer(0) == 2)
        }
    }

    @Test("arrays of whole numbers are read exactly, and anything else is none")
    func integerArrays() async throws {
        try await withClient { client in
            let row = try #require(try await client.execute(arrays()).first)
            #expect(row.integers(0) == [1, -20, .max, .min])
            #expect(row.integers(1) == [])
            for column in 2...9 { #expect(row.integers(column) == nil, "column \(column)") }
        }
    }

    @Test("a whole number is read exactly, and what is none, or has no place in 64 bits, is not read")
    func wholeNumbers() async throws {
        try await withClient { client in
            for (text, number) in [
                ("0", 0), ("-7", -7), ("9223372036854775807", Int64.max), ("-9223372036854775808", .min),
                ("9223372036854775808", nil), ("", nil), ("-", nil), ("--1", nil), ("1-", nil), ("1.5", nil),
                ("x", nil),
            ] {
                let row = try await client.execute(echo(.text(text), .null)).first
                #expect(row?.integer(0) == number, "\(text)")
                #expect(row?.integer(1) == nil)
            }
        }
    }

    @Test("arrays in binary form arrive as they were sent: numbers, ids, texts, NULLs among them, and none at all")
    func arraysInBinaryForm() async throws {
        try await withClient { client in
            let id: (high: UInt64, low: UInt64) = (0x0123_4567_89AB_7CDE, 0x8000_0000_0000_00FF)
            let full = try await client.execute(
                binaryArrays(.bigints([1, -20, .max, Int64.min]), .uuids([id, nil]), .texts(["ё, \"x\"", nil, ""]))
            ).first
            #expect(full?.string(0) == "{1,-20,9223372036854775807,-9223372036854775808}")
            #expect(full?.string(1) == "{01234567-89ab-7cde-8000-0000000000ff,NULL}")
            #expect(full?.string(2) == #"{"ё, \"x\"",NULL,""}"#)
            let empty = try await client.execute(binaryArrays(.bigints([Int]()), .uuids([]), .texts([]))).first
            for column in 0...2 { #expect(empty?.string(column) == "{}") }
        }
    }

    @Test("rows of texts arrive as they were sent, and arrays of nothing but NULLs as NULLs beside others")
    func rowsInBinaryForm() async throws {
        try await withClient { client in
            let cells = ["ё, \"x\"", nil, "", "{}", "NULL", nil]
            let full = try await client.execute(
                textRows(
                    .textRows(cells, columns: 2), .bigints([1, 2]), .texts([nil, nil]), .optionalBigints([nil, nil]))
            ).first
            #expect(full?.string(0) == #"[["ё, \"x\"", null], ["", "{}"], ["NULL", null]]"#)
            #expect(full?.string(1) == #"[[""], ["NULL"]]"#)
            #expect(full?.integer(2) == 3)
            #expect(full?.integer(3) == 2)
            let empty = try await client.execute(
                textRows(.textRows([], columns: 2), .bigints([1]), .texts(["x"]), .optionalBigints([nil]))
            ).first
            #expect(empty?.string(0) == "[]")
            #expect(empty?.integer(3) == 0)
        }
    }

    @Test("one unit's error leaves its neighbours in the pipeline alone")
    func errorIsolation() async throws {
        try await withClient { client in
            let bound = LoopBound(client, to: client.loop)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<60 {
                    group.addTask(executorPreference: client.loop) {
                        if number % 3 == 0 {
                            let error = await #expect(throws: PostgresError.self) {
                                _ = try await bound.value.execute(divide(.integer(1), .integer(0)))
                            }
                            #expect(error?.sqlState == "22012")
                        } else {
                            let rows = try await bound.value.execute(divide(.integer(6), .integer(2)))
                            #expect(rows.first?.integer(0) == 3)
                        }
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test("a unit takes effect as a whole or not at all")
    func atomicity() async throws {
        try await withClient { client in
            _ = try await client.execute(PostgresStatement("make", "CREATE TABLE numbers (n int PRIMARY KEY)")())
            await #expect(throws: PostgresError.self) {
                _ = try await client.execute([insert(.integer(1)), insert(.integer(1))])
            }
            let none = try await client.execute(count())
            #expect(none.first?.integer(0) == 0)
            let answers = try await client.execute([insert(.integer(1)), insert(.integer(2)), count()])
            #expect(answers.count == 3)
            #expect(answers[2].first?.integer(0) == 2)
            #expect(answers[0].affected == 1)
        }
    }

    @Test("a statement that cannot be prepared fails each time and spoils nothing")
    func brokenStatement() async throws {
        try await withClient { client in
            for _ in 0..<2 {
                let error = await #expect(throws: PostgresError.self) { _ = try await client.execute(broken()) }
                #expect(error?.sqlState == "42601")
            }
            let rows = try await client.execute(addOne(.integer(1)))
            #expect(rows.first?.integer(0) == 2)
        }
    }

    @Test("a NUL character is refused before it could cut the text off")
    func nulCharacter() async throws {
        try await withClient { client in
            await #expect(throws: PostgresError.self) { _ = try await client.execute(echo(.text("a\0b"), .null)) }
        }
    }

    @Test("a slow statement is ended by the statement timeout and the connection lives on")
    func statementTimeout() async throws {
        try await withClient(statementTimeout: .seconds(2)) { client in
            let error = await #expect(throws: PostgresError.self) {
                _ = try await client.execute(nap(.double(30)))
            }
            #expect(error?.sqlState == "57014")
            let rows = try await client.execute(addOne(.integer(1)))
            #expect(rows.first?.integer(0) == 2)
        }
    }

    @Test("a killed backend leaves its unit in doubt, and the client reconnects by itself")
    func reconnects() async throws {
        try await withClient { client in
            let suicide = PostgresStatement("suicide", "SELECT pg_terminate_backend(pg_backend_pid())")
            await #expect(throws: PostgresError.self) { _ = try await client.execute(suicide()) }
            let rows = try await client.execute([addOne(.integer(1))], patience: .seconds(20))
            #expect(rows[0].first?.integer(0) == 2)
        }
    }

    @Test("large values travel in both directions")
    func largeValues() async throws {
        try await withClient { client in
            let text = String(repeating: "таблица ", count: 200_000)
            let rows = try await client.execute(echo(.text(text), .null))
            #expect(rows.first?.string(0) == text)
        }
    }

    @Test("a server that is not there is reported as unavailable within the patience")
    func unreachable() async throws {
        try await onLoop { loop in
            let resolver = try BlockingThread(name: "resolver")
            defer { resolver.shutdown() }
            let nowhere = PostgresConfiguration(host: "127.0.0.1", port: 1, database: "x", user: "x")
            let client = PostgresClient(on: loop, nowhere, size: 1, resolver: resolver)
            let bound = LoopBound(client, to: loop)
            await withTaskGroup(of: Void.self) { group in
                group.addTask(executorPreference: loop) { await bound.value.run() }
                let error = await #expect(throws: PostgresError.self) {
                    _ = try await client.execute([addOne(.integer(1))], patience: .milliseconds(300))
                }
                guard case .unavailable? = error else {
                    Issue.record("expected unavailable, got \(String(describing: error))")
                    return group.cancelAll()
                }
                group.cancelAll()
            }
        }
    }
}
