import Domain
import Telemetry
import TestSupport
import Testing

@testable import Worker

/// A queue and a few slots under random arrivals, with a clock of its own: a step is a slot time.
private struct Simulation {
    struct Start {
        let ticket: JobTicket
        let at: Int
    }

    var random: SeededGenerator
    var scheduler = FairScheduler(ageing: .seconds(30))
    var starts: [Start] = []
    var waiting: [String: Int] = [:]
    var served: [String: Int] = [:]
    let slots: Int
    var number: UInt64 = 0
    var now = 0

    init(seed: UInt64, slots: Int) {
        random = SeededGenerator(seed: seed)
        self.slots = slots
    }

    mutating func arrive(_ client: String, priority: Int) {
        number += 1
        guard let priority = JobPriority(priority) else { return }
        let ticket = JobTicket(
            id: jobID(number), client: client, priority: priority,
            createdAt: WallTime(microseconds: Int64(now) * 1_000_000))
        scheduler.add(ticket, at: QueuePosition(topic: "t", partition: 0, offset: Int64(number)))
        waiting[client, default: 0] += 1
    }

    /// One slot time: every slot takes a job if there is one. Returns how many were left idle.
    mutating func step() -> Int {
        let jobs = scheduler.next(slots)
        for job in jobs {
            starts.append(Start(ticket: job.ticket, at: now))
            waiting[job.ticket.client, default: 0] -= 1
            served[job.ticket.client, default: 0] += 1
        }
        now += 1
        return slots - jobs.count
    }
}

@Suite("Fair share, simulated")
struct FairShareSimulationTests {
    @Test("while two clients both have jobs waiting, neither gets more than one job ahead", arguments: UInt64(0)..<50)
    func fairness(seed: UInt64) {
        var simulation = Simulation(seed: seed, slots: 1)
        let clients = (0..<5).map { "c\($0)" }
        // What each pair was served since both had jobs last began to wait.
        var base: [[Int]: Int] = [:]
        for _ in 0..<2_000 {
            for (index, client) in clients.enumerated()
            where Int.random(in: 0..<(4 + 3 * index), using: &simulation.random) == 0 {
                simulation.arrive(client, priority: Int.random(in: 0...10, using: &simulation.random))
            }
            _ = simulation.step()
            for one in clients.indices {
                for other in clients.indices where one < other {
                    let lead =
                        simulation.served[clients[one], default: 0] - simulation.served[clients[other], default: 0]
                    let bothWait = [one, other].allSatisfy { simulation.waiting[clients[$0], default: 0] > 0 }
                    guard bothWait else {
                        base[[one, other]] = nil
                        continue
                    }
                    let start = base[[one, other], default: lead]
                    base[[one, other]] = start
                    #expect(abs(lead - start) <= 2)
                }
            }
        }
    }

    @Test("no slot stays idle while a job waits, and none runs twice", arguments: UInt64(0)..<20, [1, 3, 10])
    func workConservation(seed: UInt64, slots: Int) {
        var simulation = Simulation(seed: seed, slots: slots)
        for _ in 0..<500 {
            for _ in 0..<Int.random(in: 0...(2 * slots), using: &simulation.random) {
                let client = "c\(Int.random(in: 0..<7, using: &simulation.random))"
                simulation.arrive(client, priority: Int.random(in: 0...10, using: &simulation.random))
            }
            let waited = simulation.scheduler.count
            #expect(simulation.step() == max(0, slots - waited))
        }
        while simulation.step() < slots {}
        #expect(Set(simulation.starts.map(\.ticket.id)).count == Int(simulation.number))
    }

    @Test("a job of no urgency starts although more urgent ones of its client never cease", arguments: [1, 5, 10])
    func noStarvation(priority: Int) throws {
        var simulation = Simulation(seed: 1, slots: 1)
        for _ in 0..<50 { simulation.arrive("a", priority: priority) }
        simulation.arrive("a", priority: 0)
        let patient = jobID(simulation.number)
        for _ in 0..<2_000 {
            simulation.arrive("a", priority: priority)
            _ = simulation.step()
        }
        let start = try #require(simulation.starts.first { $0.ticket.id == patient })
        #expect(start.at <= 51 + 30 * priority)
    }

    @Test("jobs of equal priority of one client start in their order", arguments: UInt64(0)..<20)
    func order(seed: UInt64) {
        var simulation = Simulation(seed: seed, slots: 2)
        for _ in 0..<500 {
            for _ in 0..<Int.random(in: 0...4, using: &simulation.random) {
                let client = "c\(Int.random(in: 0..<3, using: &simulation.random))"
                simulation.arrive(client, priority: Int.random(in: 0...10, using: &simulation.random))
            }
            _ = simulation.step()
        }
        let lines = Dictionary(grouping: simulation.starts) { [$0.ticket.client, String($0.ticket.priority.value)] }
        for line in lines.values {
            let moments = line.map(\.ticket.createdAt)
            #expect(moments == moments.sorted())
        }
    }

    @Test("a client that comes with one job waits for one turn of the others", arguments: UInt64(0)..<20)
    func newcomer(seed: UInt64) throws {
        var simulation = Simulation(seed: seed, slots: 1)
        for client in 0..<4 {
            for _ in 0..<Int.random(in: 1...1_000, using: &simulation.random) {
                simulation.arrive("heavy \(client)", priority: 10)
            }
        }
        for _ in 0..<Int.random(in: 0..<100, using: &simulation.random) { _ = simulation.step() }
        simulation.arrive("newcomer", priority: 0)
        let came = simulation.now
        for _ in 0..<10 { _ = simulation.step() }
        let start = try #require(simulation.starts.first { $0.ticket.client == "newcomer" })
        #expect(start.at - came <= 4)
    }
}
