import Domain
import Postgres
import Testing

@testable import Storage

@Suite("Query plans on a large database", .serialized)
struct PlanTests {
    private static let id = "'00000000-0000-7000-8000-000000000032'"
    private static let ids = "'{00000000-0000-7000-8000-000000000001,00000000-0000-7000-8000-0000000001f5}'"

    /// The statements of the request path and of the caretakers, each with the arguments of one run.
    private static let hot: [(statement: PostgresStatement, arguments: String)] = [
        (Statements.status, id), (Statements.result, id), (Statements.states, ids),
        (Statements.load, "100000"), (Statements.claim, "\(ids), 'w', '60 s', '65536'"),
        (Statements.renew, "\(ids), '{1,1}', '60 s'"),
        (
            Statements.finish,
            """
            \(ids), '{1,1}', '{completed,failed}', '{"[[1]]",NULL}', '{m,m}', '{A1,A1}', '{c,c}', '{1,1}', '{1,1}',
            '{1,1}', '{m,m}', '{p,p}', '{NULL,server}', '{NULL,x}', '{NULL,f}',
            '{NULL,NULL}', '{{a,b},{c,NULL}}', '{1,NULL}', '{2,NULL}', '{2,NULL}', '10 s'
            """
        ),
        (Statements.handBack, "\(ids), '{1,1}'"),
        (Statements.recoverLost, "'100', '5', 'internal', 'x'"), (Statements.readKey, "'c', 'k', '\\x00'"),
        (Statements.readLiveKey, "'c', 'k', '\\x00'"),
        (Statements.submitIfKeyClaimed, "\(id), 'c', 'q', null, null, null, null, '0', null, null, 'k', null"),
        (ForecastStatements.lines, "'20'"), (ForecastStatements.endings, ""), (ForecastStatements.arrivals, ""),
        (ControlStatements.cancel, id), (ControlStatements.forgetRequest, id),
        (ControlStatements.retryLater, "\(id), '1', '5 s', '0', '1 s', 'server', 'x', '1', '1', '0'"),
        (ControlStatements.endedHolds, "\(ids), '{1,1}'"),
        (DeskStatements.list, "null, null, '20', null, '20000'"),
        (DeskStatements.list, "'failed', 'c', '20', \(id), '20000'"),
        (OverviewStatements.waiting, "'20000'"), (OverviewStatements.oldest, "'20000'"),
        (OverviewStatements.workers, ""), (OverviewStatements.steps, "'15 minutes', '20000', '15 s'"),
        (OverviewStatements.failures, "'15 minutes', '20000'"),
        (DeskStatements.record, id), (DeskStatements.requeue, id),
        (DeskStatements.forgetResponse, id),
        (RetentionStatements.deleteEnded, "'30 days', '500'"), (RetentionStatements.deleteExpiredKeys, "'500'"),
        (Statements.data, id), (ModelCallStatements.ofJob, "\(id), '100'"),
        (ModelCallStatements.deleteOld, "'30 days', '500'"),
        (RateStatements.lock, "'{a,b}', '60 s'"),
        (RateStatements.exchange, "'{a,b}', '{10,10}', '{1,1}', '{0,0}', '{0,0}'"),
        (RateStatements.forgetEnded, "'100'"),
        (APIKeyStatements.noteUses, "\(ids), '{1,1}'"), (APIKeyStatements.revoke, id),
        (StatisticsStatements.addUpNext, ""), (StatisticsStatements.report, "'30 days'"),
        (StatisticsStatements.backlog, "'20000'"), (StatisticsStatements.outbox, "'20000'"),
        (OutboxStatements.take, "'500', '60 s', '524288'"),
        (OutboxStatements.markPublished, "\(ids), '{1,2}', '{0,0}', '{1,2}'"),
        (OutboxStatements.forgetResponses, "\(ids), '{1,2}'"), (OutboxStatements.park, "'{1,2}'"),
        (OutboxStatements.putBack, "'{1,2}', '1 s'"),
        (OutboxStatements.republish, "'0', '10', '2000', '1778314530000000', '100'"),
    ]

    @Test(
        "on 100 000 jobs no hot statement reads a whole table, planned for its values or for any",
        .timeLimit(.minutes(10)))
    func noSequentialScans() async throws {
        try await Bench.run { bench in
            try await bench.sql(Rows.history(100_000))
            for mode in ["force_custom_plan", "force_generic_plan"] {
                for (statement, arguments) in Self.hot {
                    let execution = arguments.isEmpty ? "probe" : "probe(\(arguments))"
                    let plan = try await bench.sql(
                        """
                        SET plan_cache_mode = \(mode); PREPARE probe AS \(statement.sql);
                        EXPLAIN EXECUTE \(execution)
                        """
                    ).compactMap(\.self)
                    #expect(Self.wholeReads(in: plan) == [], "\(statement.name), \(mode):\n\(plan)")
                }
            }
        }
    }

    /// The division of slots and tokens, with the arguments of one run.
    private static let shared: [(statement: PostgresStatement, arguments: String)] = [
        (CapacityStatements.lock, "'{r7,r8}', '{1,0}', '{2,0}'"),
        (
            CapacityStatements.exchange,
            "'o1', '4 s', '{r7,r8}', '{10,0}', '{1,0}', '{5,0}', '{0,3}', '{0,0}'"
        ),
        (CapacityStatements.withdraw, "'o1'"),
    ]

    @Test("an exchange of slots reads the leases of its own resources, however many others there are")
    func capacity() async throws {
        try await Bench.run { bench in
            try await bench.sql(
                """
                INSERT INTO capacity_resources SELECT 'r' || n, 1, 1, 1, now() FROM generate_series(1, 20000) n;
                INSERT INTO capacity_leases
                SELECT 'r' || n, 'o' || owner, 1, 1, now() + interval '1 hour', now()
                FROM generate_series(1, 20000) n, generate_series(1, 3) owner;
                UPDATE capacity_leases SET owner = 'o' || resource || owner;
                ANALYZE capacity_resources; ANALYZE capacity_leases
                """)
            for mode in ["force_custom_plan", "force_generic_plan"] {
                for (statement, arguments) in Self.shared {
                    let plan = try await bench.sql(
                        """
                        SET plan_cache_mode = \(mode); PREPARE probe AS \(statement.sql);
                        EXPLAIN EXECUTE probe(\(arguments))
                        """
                    ).compactMap(\.self)
                    #expect(
                        !plan.contains { $0.contains("Seq Scan on capacity_") },
                        "\(statement.name), \(mode):\n\(plan.joined(separator: "\n"))")
                }
            }
        }
    }

    @Test("a claim finds its jobs by their ids, also by a plan that was made while there were none")
    func claimOnEmptyTable() async throws {
        try await Bench.run { bench in
            let plan = try await bench.sql(
                """
                SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off;
                PREPARE probe AS \(Statements.claim.sql); EXPLAIN EXECUTE probe(\(Self.ids), 'w', '60 s', '65536')
                """
            ).compactMap(\.self)
            #expect(plan.contains { $0.contains("ai_requests_pkey") })
            #expect(!plan.contains { $0.contains("ai_requests_queued") })
        }
    }

    @Test("an end finds its job by its id, also by a plan that was made while none was held")
    func finishOnEmptyTable() async throws {
        try await Bench.run { bench in
            for (statement, arguments) in Self.hot where ["finish", "renew", "hand_back"].contains(statement.name) {
                let plan = try await bench.sql(
                    """
                    SET plan_cache_mode = force_generic_plan; SET enable_seqscan = off;
                    PREPARE probe AS \(statement.sql); EXPLAIN EXECUTE probe(\(arguments))
                    """
                ).compactMap(\.self)
                #expect(plan.contains { $0.contains("ai_requests_pkey") }, "\(statement.name)")
                #expect(!plan.contains { $0.contains("ai_requests_processing") }, "\(statement.name)")
            }
        }
    }

    @Test("entries are found by their jobs or their numbers, also by a plan that was made while next to none waited")
    func entriesWhileFewWait() async throws {
        try await Bench.run { bench in
            // The index of the unpublished ones has one entry then, and reading all of it would cost nothing.
            try await bench.sql(
                Rows.queued(20_000) + ";"
                    + """
                    UPDATE outbox SET published_at = now(), queue_partition = 0, queue_offset = sequence
                    WHERE sequence > 1;
                    """)
            try await bench.sql("VACUUM FULL ANALYZE outbox")
            for (statement, arguments) in Self.hot where statement.sql.contains("outbox") {
                let plan = try await bench.sql(
                    """
                    SET plan_cache_mode = force_generic_plan; PREPARE probe AS \(statement.sql);
                    EXPLAIN EXECUTE probe\(arguments.isEmpty ? "" : "(\(arguments))")
                    """
                ).compactMap(\.self)
                let readsInOrder = [OutboxStatements.take.name, StatisticsStatements.outbox.name]
                    .contains(statement.name)
                let isWhole = zip(plan, plan.dropFirst() + [""]).contains { step, detail in
                    step.contains(" outbox_unpublished ") && !detail.contains("Index Cond")
                }
                #expect(readsInOrder == isWhole, "\(statement.name):\n\(plan.joined(separator: "\n"))")
            }
        }
    }

    @Test("the check would see a scan: a question by the text, or for all in order, is one")
    func control() async throws {
        try await Bench.run { bench in
            try await bench.sql(Rows.history(10_000))
            for query in ["WHERE query_text = 'x'", "ORDER BY id"] {
                let plan = try await bench.sql("EXPLAIN SELECT * FROM ai_requests \(query)").compactMap(\.self)
                #expect(Self.wholeReads(in: plan).count == 1)
            }
        }
    }

    /// The steps that read all of a table, or all of an index that has every row of one.
    private static func wholeReads(in plan: [String]) -> [String] {
        zip(plan, plan.dropFirst() + [""]).compactMap { step, detail in
            let isScan = ["ai_requests", "outbox", "idempotency_keys", "model_calls", "rate_windows", "api_keys"]
                .contains {
                    step.contains("Seq Scan on \($0)")
                }
            let isWideIndex = [
                "using ai_requests_pkey", "using outbox_job_id_kind_key", "using model_calls_pkey",
            ].contains {
                step.contains($0)
            }
            return isScan || isWideIndex && !detail.contains("Index Cond") ? step : nil
        }
    }
}
