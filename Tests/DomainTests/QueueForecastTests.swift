import Domain
import Telemetry
import Testing

@Suite("Queue forecast")
struct QueueForecastTests {
    private static let now: Int64 = 1_000_000

    private func moment(_ seconds: Double) -> WallTime {
        WallTime(microseconds: Int64((Double(Self.now) + seconds) * 1_000_000))
    }

    /// A line of jobs that came so many seconds from now (before it: negative).
    private func line(_ client: String, priority: Int = 0, _ seconds: [Double]) throws -> QueueLine {
        var line = QueueLine(client: client, priority: try #require(JobPriority(priority)))
        for (index, second) in seconds.enumerated() { line.add(rank: index + 1, createdAt: moment(second)) }
        return line
    }

    private func ticket(_ client: String, priority: Int = 0, at seconds: Double) throws -> JobTicket {
        JobTicket(
            id: JobID(high: 1, low: 1), client: client, priority: try #require(JobPriority(priority)),
            createdAt: moment(seconds))
    }

    private func forecast(
        _ lines: [QueueLine], _ pace: ServicePace = ServicePace(), _ weights: ClientWeights = ClientWeights()
    ) -> QueueForecast {
        QueueForecast(lines: lines, pace: pace, ageing: .seconds(30), weights: weights, asOf: moment(0))
    }

    /// Ends at an even rate, youngest first.
    private func endings(_ count: Int, every interval: Double, duration: Double) -> [ServicePace.Ending] {
        (0..<count).map { ServicePace.Ending(age: (Double($0) + 0.5) * interval, duration: duration) }
    }

    @Test("of one client's jobs those with an earlier turn go before: older ones, and more urgent ones")
    func ownRank() throws {
        let forecast = forecast([
            try line("a", [-9, -8, -7]), try line("a", priority: 1, [-20, -6, -1]), try line("a", priority: 10, [-5]),
        ])
        #expect(forecast.position(of: try ticket("a", at: -8)) == 5)
        #expect(forecast.position(of: try ticket("a", priority: 10, at: -5)) == 0)
        #expect(forecast.position(of: try ticket("a", priority: 1, at: -6)) == 2)
        #expect(forecast.position(of: try ticket("a", at: 40)) == 7)
    }

    @Test("a single job waits for its own turn only, however many jobs another client has")
    func single() throws {
        let heavy = try line("heavy", (1...1_000).map { Double($0) - 2_000 })
        let forecast = forecast([heavy, try line("light", [-1])])
        #expect(forecast.position(of: try ticket("light", at: -1)) == 1)
        #expect(forecast.position(of: try ticket("heavy", at: 0)) == 1_001)
        #expect(forecast.position(of: try ticket("heavy", at: -2_000 + 4)) == 4)
    }

    @Test("between clients the job with the earlier turn goes first in a round")
    func rounds() throws {
        let forecast = forecast([try line("a", [-10, -8]), try line("b", [-9, -7])])
        #expect(forecast.position(of: try ticket("a", at: -10)) == 0)
        #expect(forecast.position(of: try ticket("b", at: -9)) == 1)
        #expect(forecast.position(of: try ticket("a", at: -8)) == 2)
        #expect(forecast.position(of: try ticket("b", at: -7)) == 3)
    }

    @Test("a client that weighs more starts as many more before each job of another")
    func weights() throws {
        let weights = try #require(ClientWeights(["a": 2, "c": 0.5]))
        let lines = try ["a", "b", "c"].map { try line($0, (0..<40).map { Double($0) - 100 }) }
        let forecast = forecast(lines, ServicePace(), weights)
        // Ten of its own, twenty of the one that weighs twice as much, six of the other, whose turn is earlier.
        #expect(forecast.position(of: try ticket("b", at: -90)) == 10 + 20 + 6)
        #expect(forecast.position(of: try ticket("a", at: -90)) == 10 + 6 + 3)
        #expect(forecast.position(of: try ticket("c", at: -90)) == 10 + 40 + 20)
    }

    @Test("of a long line only some jobs need to be known by their rank")
    func sampled() throws {
        var line = QueueLine(client: "a", priority: .normal)
        for rank in stride(from: 1, through: 10_001, by: 100) {
            line.add(rank: rank, createdAt: moment(Double(rank) - 20_000))
        }
        let forecast = forecast([line])
        for rank in [1, 50, 101, 777, 10_001] {
            let position = forecast.position(of: try ticket("a", at: Double(rank) - 20_000))
            #expect(abs(position - (rank - 1)) <= 1)
        }
    }

    @Test("nothing is foretold when nobody works or nothing has ended yet")
    func unknown() throws {
        let lines = [try line("a", [-1])]
        let waiting = try ticket("a", at: -1)
        #expect(forecast(lines).secondsUntilEnd(of: waiting) == nil)
        #expect(forecast(lines, ServicePace(slots: 3)).secondsUntilEnd(of: waiting) == nil)
        let noWorker = ServicePace(endings: endings(50, every: 1, duration: 1))
        #expect(forecast(lines, noWorker).secondsUntilEnd(of: waiting) == nil)
        #expect(forecast(lines).secondsUntilEnd(startedAt: moment(-1)) == nil)
    }

    @Test("a queue that has just begun is foretold from slots and durations")
    func capacity() throws {
        // Four slots, two seconds each: two jobs a second.
        let pace = ServicePace(endings: endings(30, every: 100, duration: 2), slots: 4)
        let forecast = forecast([try line("a", (0..<100).map { Double($0) / 1_000 - 1 })], pace)
        let seconds = try #require(forecast.secondsUntilEnd(of: try ticket("a", at: 0)))
        #expect(abs(seconds - (100.5 / 2 + 2)) < 0.01)
    }

    @Test("a queue that has lasted is foretold from the rate that was measured")
    func measured() throws {
        // The slots would do ten a second, but something else holds them to five.
        let pace = ServicePace(endings: endings(300, every: 0.2, duration: 0.1), slots: 1)
        let forecast = forecast([try line("a", (0..<50).map { Double($0) - 60 })], pace)
        let seconds = try #require(forecast.secondsUntilEnd(of: try ticket("a", at: 0)))
        #expect(abs(seconds - (50.5 / 5 + 0.1)) < 0.2)
    }

    @Test("jobs that other clients will send meanwhile count, as far as they overtake")
    func arrivals() throws {
        // One job a second is done; every other one is a newcomer's.
        let pace = ServicePace(
            endings: endings(60, every: 1, duration: 1), slots: 1,
            arrivals: [
                ServicePace.Arrivals(client: "light", priority: .normal, rate: 0.5),
                ServicePace.Arrivals(client: "a", priority: .normal, rate: 7),
            ])
        let forecast = forecast([try line("a", (0..<20).map { Double($0) - 60 })], pace)
        let seconds = try #require(forecast.secondsUntilEnd(of: try ticket("a", at: 0)))
        #expect(abs(seconds - 41) < 3)
        #expect(forecast.position(of: try ticket("a", at: 0)) == 20)
    }

    @Test("more urgent jobs that the client itself will send count for as long as their turn is earlier")
    func overtaking() throws {
        let urgent = ServicePace.Arrivals(client: "a", priority: try #require(JobPriority(1)), rate: 0.5)
        let pace = ServicePace(endings: endings(60, every: 1, duration: 1), slots: 1, arrivals: [urgent])
        let short = forecast([try line("a", (0..<5).map { Double($0) - 60 })], pace)
        let soon = try #require(short.secondsUntilEnd(of: try ticket("a", at: 0)))
        #expect(abs(soon - 12) < 1)
        let long = forecast([try line("a", (0..<50).map { Double($0) - 60 })], pace)
        let late = try #require(long.secondsUntilEnd(of: try ticket("a", at: 0)))
        #expect(abs(late - (50.5 + 0.5 * 30 + 1)) < 1)
    }

    @Test("a running job has what a job takes, less what has passed")
    func running() throws {
        let forecast = forecast([], ServicePace(endings: endings(3, every: 1, duration: 4), slots: 1))
        #expect(forecast.secondsUntilEnd(startedAt: moment(-1)) == 3)
        #expect(forecast.secondsUntilEnd(startedAt: moment(-9)) == 0)
        #expect(forecast.secondsUntilEnd(startedAt: moment(1)) == 4)
    }
}
