import Domain
import EventLoop
import JSON
import Testing

@Suite("Job store: many at once", .serialized)
struct GroupStoreTests {
    private enum Outcome: Sendable, Equatable {
        case stored(Bool)
        case unavailable
        case inDoubt
        case rejected
    }

    private static func outcome(_ body: () async throws(StoreError) -> Bool) async -> Outcome {
        do throws(StoreError) {
            return .stored(try await body())
        } catch .unavailable {
            return .unavailable
        } catch .inDoubt {
            return .inDoubt
        } catch {
            return .rejected
        }
    }

    /// Submits all at once, in turn on the loops; the outcomes in order.
    private static func submit(_ bench: Bench, _ jobs: [(id: JobID, input: JobInput)]) async -> [Outcome] {
        await all(bench, jobs.count) { index in
            await outcome { () throws(StoreError) in
                let (id, input) = jobs[index]
                return try await bench.store.submit(id, input, client: "c", key: nil) == .accepted(id)
            }
        }
    }

    private static func finish(_ bench: Bench, _ ends: [(lease: JobLease, end: JobEnd)]) async -> [Outcome] {
        await all(bench, ends.count) { index in
            await outcome { () throws(StoreError) in
                try await bench.store.finish(ends[index].lease, ends[index].end)
            }
        }
    }

    private static func all(
        _ bench: Bench, _ count: Int, _ body: @escaping @Sendable (Int) async -> Outcome
    ) async -> [Outcome] {
        await withTaskGroup(of: (Int, Outcome).self) { group in
            for index in 0..<count {
                group.addTask(executorPreference: bench.loops[index % bench.loops.count]) { (index, await body(index)) }
            }
            let outcomes = await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
            return (0..<count).compactMap { outcomes[$0] }
        }
    }

    @Test("ends that share a statement change their jobs in the order of the ids, and each is told of its own")
    func endsInOrder() async throws {
        try await Bench.run { bench in
            var held: [JobLease] = []
            for _ in 0..<60 { held.append(try await bench.claimed()) }
            let ids = held.map(\.id)
            try await bench.sql(
                """
                CREATE TABLE changed (number bigserial, batch bigint, id uuid);
                CREATE FUNCTION note() RETURNS trigger LANGUAGE plpgsql AS
                    $$ BEGIN INSERT INTO changed (batch, id) VALUES (txid_current(), NEW.id); RETURN NEW; END $$;
                CREATE TRIGGER note BEFORE UPDATE ON ai_requests FOR EACH ROW EXECUTE FUNCTION note()
                """)
            // Every third has been lost to another worker.
            let ends = held.enumerated().map { index, lease -> (lease: JobLease, end: JobEnd) in
                let token = FencingToken(lease.token.value + (index % 3 == 0 ? 1 : 0))
                return (JobLease(id: lease.id, token: token), .completed(.sample(message: "\(index)")))
            }
            let outcomes = await Self.finish(bench, ends)
            #expect(outcomes == ends.indices.map { .stored($0 % 3 > 0) })
            for index in ids.indices where index % 3 > 0 {
                #expect(try await bench.column("result_message", of: ids[index]) == "\(index)")
            }
            let back = "SELECT id < lag(id) OVER (PARTITION BY batch ORDER BY number) AS is_back FROM changed"
            #expect(try await bench.value("SELECT count(*) FROM (\(back)) AS steps WHERE is_back") == "0")
            let largest = "SELECT count(*) > 20 FROM changed GROUP BY batch ORDER BY count(*) DESC LIMIT 1"
            #expect(try await bench.value(largest) == "t")
        }
    }

    @Test("a thousand jobs at once on two loops are stored each once, in few transactions")
    func thousand() async throws {
        try await Bench.run(loops: 2) { bench in
            let jobs = (0..<1000).map { number in
                (id: JobID.random(), input: JobInput(query: "q\(number)", data: [[.string("\"\\{},NULL \(number)")]]))
            }
            let outcomes = await Self.submit(bench, jobs)
            #expect(outcomes.allSatisfy { $0 == .stored(true) })
            #expect(try await bench.value("SELECT count(*) FROM ai_requests JOIN outbox ON job_id = id") == "1000")
            for number in [0, 1, 500, 999] {
                #expect(try await bench.claim(jobs[number].id).input == jobs[number].input)
            }
            let transactions = try await bench.value("SELECT count(DISTINCT xmin::text) FROM ai_requests")
            #expect(try #require(transactions.flatMap { Int($0) }) < 100)
        }
    }

    @Test("a job that the database refuses is refused alone; the others of its batch are stored")
    func refusedJob() async throws {
        try await Bench.run { bench in
            try await bench.sql("ALTER TABLE ai_requests ADD CHECK (query_text <> 'bad')")
            var jobs = (0..<40).map { _ in (id: JobID.random(), input: JobInput(query: "good")) }
            jobs[7].input.query = "bad"
            jobs[23].input.query = "NUL \0"
            let outcomes = await Self.submit(bench, jobs)
            for (index, outcome) in outcomes.enumerated() {
                #expect(outcome == (index == 7 || index == 23 ? .rejected : .stored(true)))
            }
            #expect(try await bench.value("SELECT count(*) FROM ai_requests JOIN outbox ON job_id = id") == "38")
        }
    }

    @Test("of two jobs with one id in a batch, one is stored and the other refused, as one after the other")
    func equalIDs() async throws {
        try await Bench.run { (bench) async throws in
            let twin = JobID.random()
            var jobs = (0..<10).map { _ in (id: JobID.random(), input: JobInput(query: "x")) }
            jobs[2].id = twin
            jobs[6].id = twin
            let outcomes = await Self.submit(bench, jobs)
            #expect(Set([outcomes[2], outcomes[6]].map { $0 == .rejected }) == [true, false])
            #expect(outcomes.filter { $0 == .stored(true) }.count == 9)
            #expect(try await bench.value("SELECT count(*) FROM ai_requests JOIN outbox ON job_id = id") == "9")
        }
    }

    @Test(
        "when the connection breaks under a batch, no member is told a success, and all can be repeated",
        .timeLimit(.minutes(10)))
    func connectionKilled() async throws {
        try await Bench.run(connections: 1) { bench in
            let jobs = (0..<30).map { _ in (id: JobID.random(), input: JobInput(query: "x")) }
            // The lock holds the batch in the middle of its statement until its connection is gone.
            async let killed: [String?] = bench.sql(
                """
                BEGIN; LOCK outbox;
                DO $$ BEGIN
                    FOR attempt IN 1..3000 LOOP
                        EXIT WHEN EXISTS (
                            SELECT FROM pg_locks WHERE NOT granted AND relation = 'outbox'::regclass);
                        PERFORM pg_sleep(0.01);
                    END LOOP;
                    PERFORM pg_terminate_backend(pid) FROM pg_locks
                    WHERE NOT granted AND relation = 'outbox'::regclass;
                END $$;
                ROLLBACK
                """)
            let locks = "SELECT count(*) FROM pg_locks WHERE relation = 'outbox'::regclass"
            while try await bench.value(locks) == "0" {}
            let first = await Self.submit(bench, jobs)
            _ = try await killed
            #expect(first.allSatisfy { $0 == .inDoubt || $0 == .unavailable })
            #expect(first.contains(.inDoubt))
            #expect(try await bench.value("SELECT count(*) FROM ai_requests") == "0")
            #expect(await Self.submit(bench, jobs).allSatisfy { $0 == .stored(true) })
        }
    }

    @Test(
        "a caller that is cancelled while its job waits for a batch is told so, and its job is never stored",
        .timeLimit(.minutes(10)))
    func cancelledWhileWaiting() async throws {
        try await Bench.run { bench in
            let waiters = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'outbox'::regclass"
            let ids = (0..<3).map { _ in JobID.random() }
            async let held: [String?] = bench.sql(
                """
                BEGIN; SET LOCAL statement_timeout = 0; LOCK outbox;
                DO $$ BEGIN
                    FOR attempt IN 1..3000 LOOP
                        EXIT WHEN EXISTS (SELECT FROM pg_class WHERE relname = 'let_go');
                        PERFORM pg_sleep(0.01);
                    END LOOP;
                END $$;
                ROLLBACK
                """)
            while try await bench.value("SELECT count(*) FROM pg_locks WHERE relation = 'outbox'::regclass") == "0" {}
            // As many batches as may be on their way wait for the lock, the third one for them.
            var tasks: [Task<Outcome, any Error>] = []
            for (number, id) in ids.enumerated() {
                tasks.append(
                    bench.loops[0].spawn { await Self.submit(bench, [(id: id, input: JobInput(query: "x"))])[0] })
                while number == 0, try await bench.value(waiters) == "0" {}
                _ = try await bench.value("SELECT 1")
            }
            tasks[2].cancel()
            let cancelled = try await tasks[2].value
            #expect(cancelled == .unavailable)
            try await bench.sql("CREATE TABLE let_go ()")
            _ = try await held
            let others = [try await tasks[0].value, try await tasks[1].value]
            #expect(others == [.stored(true), .stored(true)])
            #expect(try await bench.store.status(of: ids[2]) == nil)
        }
    }

    @Test("of many ends at once each is stored as it is, and a late one is told apart")
    func manyEnds() async throws {
        try await Bench.run(loops: 2) { bench in
            var ends: [(lease: JobLease, end: JobEnd)] = []
            for number in 0..<60 {
                let end: JobEnd =
                    number % 3 == 0
                    ? .failed(JobFailure(.blocked, "no \(number)", isRetryable: number % 2 == 0))
                    : .completed(.sample(table: number % 3 == 1 ? [[.string("\"\(number)\\")]] : nil, message: "{m},"))
                ends.append((try await bench.claimed(), end))
            }
            let late = [5, 6, 30]
            try await bench.store.handBack(late.map { ends[$0].lease })
            for number in late { _ = try await bench.claim(ends[number].lease.id) }
            let outcomes = await Self.finish(bench, ends)
            for (number, (lease, end)) in ends.enumerated() {
                let isLate = late.contains(number)
                #expect(outcomes[number] == .stored(!isLate))
                #expect(try await bench.outboxEntries(of: lease.id) == (isLate ? [] : ["response"]))
                switch (try await bench.store.result(of: lease.id), end) {
                case (.completed(let stored, _), .completed(let output)): #expect(stored == output)
                case (.failed(let stored), .failed(let failure)): #expect(stored == failure)
                case (let result, _): #expect(isLate && result == .unfinished(.processing))
                }
            }
        }
    }

    @Test("a result that the database refuses is refused alone; the others of its batch are stored")
    func refusedResult() async throws {
        try await Bench.run { bench in
            try await bench.sql("ALTER TABLE ai_requests ADD CHECK (result_message <> 'bad')")
            var ends: [(lease: JobLease, end: JobEnd)] = []
            for number in 0..<20 {
                ends.append((try await bench.claimed(), .completed(.sample(message: number == 11 ? "bad" : "good"))))
            }
            let outcomes = await Self.finish(bench, ends)
            for (number, outcome) in outcomes.enumerated() {
                #expect(outcome == (number == 11 ? .rejected : .stored(true)))
            }
            #expect(try await bench.store.status(of: ends[11].lease.id)?.state == .processing)
        }
    }

    @Test("a failure leaves what it does not know as it was, a success clears an earlier failure")
    func leftAsItWas() async throws {
        try await Bench.run { bench in
            let lease = try await bench.claimed(JobInput(query: "x", category: "search"))
            try await bench.sql("UPDATE ai_requests SET tokens_prompt = 7, error_class = 'server', error_message = 'e'")
            #expect(try await bench.store.finish(lease, .failed(JobFailure(.timeout, "t"))))
            let kept = "ARRAY[category, tokens_prompt::text, error_class, model]"
            #expect(try await bench.column(kept, of: lease.id) == "{search,7,timeout,NULL}")
            let other = try await bench.claimed()
            try await bench.sql("UPDATE ai_requests SET error_class = 'server', error_message = 'e'")
            #expect(try await bench.store.finish(other, .completed(.sample())))
            let cleared = "num_nulls(error_class, error_message, error_retryable)"
            #expect(try await bench.column(cleared, of: other.id) == "3")
        }
    }
}
