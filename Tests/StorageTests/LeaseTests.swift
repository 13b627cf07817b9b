import Domain
import Testing

@Suite("Job ledger: holds", .serialized)
struct LeaseTests {
    @Test("renewing extends the holds that are still ours and names them")
    func renew() async throws {
        try await Bench.run { bench in
            let kept = try await bench.claimed(lease: .seconds(5))
            let ended = try await bench.claimed()
            _ = try await bench.store.finish(ended, .completed(.sample()))
            let lost = try await bench.claimed()
            try await bench.store.handBack([lost])
            let taken = try await bench.claim(lost.id).lease
            let unknown = JobLease(id: .random(), token: FencingToken(1))
            let untilBefore = try await bench.column("lease_until", of: taken.id)
            let held = try await bench.store.renew([kept, ended, lost, unknown], lease: .seconds(600))
            #expect(held == [kept])
            #expect(try await bench.column("lease_until > now() + interval '500 seconds'", of: kept.id) == "true")
            #expect(try await bench.column("lease_until", of: taken.id) == untilBefore)
            #expect(try await bench.store.renew([], lease: .seconds(1)).isEmpty)
        }
    }

    @Test("only jobs whose hold has run out are recovered")
    func recoverExpired() async throws {
        try await Bench.run { bench in
            let lost = try await bench.claimed(lease: .seconds(-1))
            let held = try await bench.claimed(lease: .seconds(60))
            let waiting = try await bench.submit()
            #expect(try await bench.store.recoverLost(limit: 100).count == 1)
            #expect(try await bench.store.recoverLost(limit: 100).count == 0)
            let states = try await bench.store.states(of: [lost.id, held.id, waiting])
            #expect(states == [lost.id: .queued, held.id: .processing, waiting: .queued])
            #expect(try await bench.outboxEntries(of: lost.id) == ["request"])
            #expect(try await bench.store.renew([lost, held], lease: .seconds(60)) == [held])
        }
    }

    @Test("a lost start uses up no attempt, keeps the first start's time, and the token goes on growing")
    func recoverKeepsCount() async throws {
        try await Bench.run { bench in
            let id = try await bench.submit()
            var started: [String?] = []
            for round in 1...3 {
                let job = try await bench.claim(id, lease: .seconds(-1))
                #expect(job.attempt == 1)
                #expect(job.lease.token == FencingToken(Int64(round)))
                #expect(try await bench.store.recoverLost(limit: 1).count == 1)
                #expect(try await bench.store.status(of: id)?.attempts == 0)
                started.append(try await bench.column("started_at", of: id))
            }
            #expect(Set(started).count == 1 && started[0] != nil)
        }
    }

    @Test("a job that is lost again and again fails with a reason, and its response goes out")
    func lostTooOften() async throws {
        try await Bench.run { bench in
            let id = try await bench.submit()
            for loss in 1...JobFailure.lossesUntilFailure {
                _ = try await bench.claim(id, lease: .seconds(-1))
                let recovered = try await bench.store.recoverLost(limit: 100)
                let isLast = loss == JobFailure.lossesUntilFailure
                #expect(recovered == RecoveredJobs(requeued: isLast ? [] : [id], failed: isLast ? 1 : 0))
            }
            #expect(try await bench.store.result(of: id) == .failed(.lostTooOften))
            #expect(try await bench.outboxEntries(of: id) == ["response"])
            #expect(try await bench.store.status(of: id)?.completedAt != nil)
        }
    }

    @Test("recovery goes by the limit, and recoveries at once never count a job twice")
    func recoverLimit() async throws {
        try await Bench.run(connections: 4) { bench in
            for _ in 0..<10 { _ = try await bench.claimed(lease: .seconds(-1)) }
            #expect(try await bench.store.recoverLost(limit: 3).count == 3)
            #expect(try await bench.store.load(countingTo: 100) == JobLoad(queued: 3, processing: 7))
            let recovered = try await withThrowingTaskGroup(of: Int.self) { group in
                for _ in 0..<8 { group.addTask { try await bench.store.recoverLost(limit: 2).count } }
                return try await group.reduce(0, +)
            }
            let rest = try await bench.store.recoverLost(limit: 100).count
            #expect(recovered + rest == 7)
            #expect(try await bench.value("SELECT count(*) FROM outbox WHERE kind = 'request'") == "10")
        }
    }

    @Test("handing back puts the job's request back, unpublished and in sight, and uses up no attempt")
    func handBack() async throws {
        try await Bench.run { bench in
            let lease = try await bench.claimed()
            let other = try await bench.claimed()
            try await bench.store.handBack([lease])
            try await bench.store.handBack([lease])
            try await bench.store.handBack([])
            #expect(try await bench.store.status(of: lease.id)?.state == .queued)
            #expect(try await bench.store.status(of: lease.id)?.attempts == 0)
            #expect(try await bench.store.status(of: other.id)?.state == .processing)
            #expect(try await bench.column("num_nulls(lease_owner, lease_until)", of: lease.id) == "2")
            let entries = try await bench.outbox.take(limit: 10, lease: .seconds(60)).entries
            #expect(entries.map(\.id) == [lease.id])
            let again = try await bench.claim(lease.id)
            #expect(again.attempt == 1)
            #expect(again.lease.token == FencingToken(2))
        }
    }

    @Test("a hold that is no longer ours cannot be handed back")
    func handBackForeign() async throws {
        try await Bench.run { bench in
            let late = try await bench.claimed()
            try await bench.store.handBack([late])
            let present = try await bench.claim(late.id).lease
            try await bench.store.handBack([late])
            #expect(try await bench.store.renew([present], lease: .seconds(60)) == [present])
            let ended = try await bench.claimed()
            _ = try await bench.store.finish(ended, .completed(.sample()))
            try await bench.store.handBack([ended])
            #expect(try await bench.store.status(of: ended.id)?.state == .completed)
            #expect(try await bench.outboxEntries(of: ended.id) == ["response"])
        }
    }
}
