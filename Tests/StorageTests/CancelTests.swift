import Domain
import Testing

@Suite("Job store: cancelling", .serialized)
struct CancelTests {
    @Test("a waiting job is cancelled: its request leaves the outbox, the news of its end comes in")
    func queued() async throws {
        try await Bench.run { bench in
            let id = try await bench.submit()
            let cancellation = try await bench.store.cancel(id)
            #expect(cancellation?.isNew == true)
            let status = cancellation?.status
            #expect(status?.state == .cancelled)
            #expect(status?.completedAt != nil)
            #expect(try await bench.store.result(of: id) == .cancelled)
            #expect(try await bench.outboxEntries(of: id) == ["response"])
            let outcomes = try await bench.store.claim([id], owner: "w", lease: .seconds(9))
            guard case .notWaiting(.cancelled)? = outcomes[id] else {
                Issue.record("a cancelled job was claimed")
                return
            }
        }
    }

    @Test("a running job is taken from its worker, whose result is refused")
    func processing() async throws {
        try await Bench.run { bench in
            let lease = try await bench.claimed()
            let other = try await bench.claimed()
            #expect(try await bench.store.endedHolds(among: [lease, other]) == [:])
            #expect(try await bench.store.cancel(lease.id)?.status.state == .cancelled)
            #expect(try await bench.store.endedHolds(among: [lease, other]) == [lease: .cancelled])
            #expect(try await bench.store.finish(lease, .completed(.sample())) == false)
            #expect(try await bench.store.renew([lease, other], lease: .seconds(60)) == [other])
            try await bench.store.handBack([lease])
            #expect(try await bench.store.status(of: lease.id)?.state == .cancelled)
            #expect(try await bench.column("num_nulls(lease_owner, lease_until)", of: lease.id) == "2")
            #expect(try await bench.outboxEntries(of: lease.id) == ["response"])
        }
    }

    @Test("a job that another worker has by now is told apart from one that is still ours")
    func lost() async throws {
        try await Bench.run { bench in
            let late = try await bench.claimed()
            try await bench.store.handBack([late])
            #expect(try await bench.store.endedHolds(among: [late]) == [late: .queued])
            let present = try await bench.claim(late.id).lease
            #expect(try await bench.store.endedHolds(among: [late, present]) == [late: .processing])
            #expect(try await bench.store.endedHolds(among: []) == [:])
        }
    }

    @Test("a job that has ended keeps its end, and cancelling twice tells its end once")
    func ended() async throws {
        try await Bench.run { bench in
            let lease = try await bench.claimed()
            _ = try await bench.store.finish(lease, .completed(.sample()))
            let late = try await bench.store.cancel(lease.id)
            #expect(late?.status.state == .completed && late?.isNew == false)
            let cancelled = try await bench.submit()
            let first = try await bench.store.cancel(cancelled)
            #expect(first?.isNew == true)
            let second = try await bench.store.cancel(cancelled)
            #expect(second?.status == first?.status && second?.isNew == false)
            #expect(try await bench.store.cancel(.random()) == nil)
            #expect(try await bench.value("SELECT count(*) FROM outbox") == "2")
        }
    }

    @Test("a cancel that waits for a worker's hand-back leaves no request behind")
    func race() async throws {
        try await Bench.run(connections: 4) { bench in
            for _ in 1...30 {
                let lease = try await bench.claimed()
                async let back: Void = bench.store.handBack([lease])
                async let cancellation = bench.store.cancel(lease.id)
                try await back
                #expect(try await cancellation?.status.state == .cancelled)
                #expect(try await bench.outboxEntries(of: lease.id) == ["response"])
            }
        }
    }
}
