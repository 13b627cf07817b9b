/// The steps that wait for their requests, by route.
struct FakeScenario {
    private var queues: [FakeRoute: [(step: ScenarioStep, left: Int)]] = [:]
    private static let mostSteps = 10_000

    /// Whether one more step may wait for `route`.
    func hasRoom(for route: FakeRoute) -> Bool { queues[route, default: []].count < Self.mostSteps }

    /// Queues `step` for the next `times` requests after those that have steps already.
    mutating func enqueue(_ step: ScenarioStep, on route: FakeRoute, times: Int) {
        precondition(times > 0, "a step is for at least one request")
        precondition(hasRoom(for: route), "at most \(Self.mostSteps) steps wait")
        queues[route, default: []].append((step, times))
    }

    /// The step of the next request.
    mutating func next(for route: FakeRoute) -> ScenarioStep? {
        guard var first = queues[route]?.first else { return nil }
        first.left -= 1
        if first.left == 0 { queues[route]?.removeFirst() } else { queues[route]?[0] = first }
        return first.step
    }
}
