import Testing

@testable import Chaos

@Suite("A fault plan")
struct FaultPlanTests {
    private func steps(_ seed: UInt64, _ count: Int) -> [FaultPlan.Step] {
        Array(FaultPlan(seed: seed, faults: Fault.allCases).prefix(count))
    }

    @Test("is the same for the same seed, and another for another") func seeds() {
        #expect(steps(1, 50) == steps(1, 50))
        #expect(steps(1, 50) != steps(2, 50))
    }

    @Test("has every kind of fault, measured kills, and pauses on both sides of a lease") func variety() {
        let plan = steps(1, 200)
        #expect(Set(plan.map(\.fault)) == Set(Fault.allCases))
        #expect(plan.contains { $0.isAlone })
        let pauses = plan.filter { $0.fault == .pauseWorker }.map(\.hold)
        #expect(pauses.contains { $0 > .seconds(6) })
        #expect(pauses.contains { $0 < .seconds(6) })
        #expect(pauses.allSatisfy { $0 >= .seconds(1) && $0 <= .seconds(12) })
    }

    @Test("keeps to the kinds that it is given") func kinds() {
        let plan = FaultPlan(seed: 3, faults: [.cutBroker, .killAPI]).prefix(100)
        #expect(Set(plan.map(\.fault)) == [.cutBroker, .killAPI])
    }
}
