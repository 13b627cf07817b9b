import Domain
import EventLoop
import Postgres
import Telemetry

/// The process's forecast of the queue, made anew by whoever asks when it has become too old. One caller at a time
/// does that; the others go on with the last one, so that many questions cost no more than one. Of a long queue it is
/// dear, so it may become the older the longer it took to make.
final class ForecastCache: Sendable {
    private struct State: Sendable {
        var forecast: QueueForecast?
        var madeAt: MonotonicTime?
        /// How long that took.
        var effort = Duration.zero
        var isRefreshing = false
        /// Of a line's jobs beyond the first fifty, every so many are read.
        var step = 20
    }

    private let state = Lock(State())
    private let database: DatabaseClients
    private let ageing: Duration
    private let weights: ClientWeights
    private let lifetime: Duration
    /// A forecast that could not be made anew for so long is none.
    private let patience = Duration.seconds(10)
    /// What a forecast took to make is at most this part of the time until the next one.
    private static let share = 20
    /// Jobs known by their rank, in all lines together.
    private static let resolution = 5_000

    init(_ database: DatabaseClients, ageing: Duration, weights: ClientWeights, lifetime: Duration) {
        self.weights = weights
        self.database = database
        self.ageing = ageing
        self.lifetime = lifetime
    }

    /// The present forecast; nil when there is none and someone is already about to make it.
    func forecast() async throws(StoreError) -> QueueForecast? {
        let (known, step): (QueueForecast?, Int?) = state.withLock { state in
            let age = state.madeAt.map { MonotonicTime.now - $0 }
            let known = age.map { $0 < max(lifetime, patience) } == true ? state.forecast : nil
            if let age, age < Self.lifetime(lifetime, after: state.effort, patience) { return (known, nil) }
            if state.isRefreshing { return (known, nil) }
            state.isRefreshing = true
            return (known, state.step)
        }
        guard let step else { return known }
        return try await refresh(step)
    }

    /// How old a forecast may become that took `effort` to make: `usual`, or as much more as keeps to the share, up to
    /// `longest`. A usual lifetime of zero means a new one for each question.
    static func lifetime(_ usual: Duration, after effort: Duration, _ longest: Duration) -> Duration {
        usual == .zero ? .zero : max(usual, min(effort * share, longest))
    }

    private func refresh(_ step: Int) async throws(StoreError) -> QueueForecast {
        let start = MonotonicTime.now
        do throws(StoreError) {
            var (forecast, count) = try await make(step)
            let nextStep = count / Self.resolution + 1
            // A short queue is known job by job.
            if nextStep == 1, step > 1 { (forecast, count) = try await make(1) }
            let made = forecast
            state.withLock { state in
                state.forecast = made
                state.madeAt = .now
                state.effort = .now - start
                state.isRefreshing = false
                state.step = nextStep
            }
            return made
        } catch {
            state.withLock { $0.isRefreshing = false }
            throw error
        }
    }

    private func make(_ step: Int) async throws(StoreError) -> (QueueForecast, count: Int) {
        let answers = try await database.execute([
            ForecastStatements.lines(.integer(step)), ForecastStatements.endings(), ForecastStatements.arrivals(),
            ForecastStatements.slots(),
        ])
        let lines = try answers[0].queueLines()
        let pace = ServicePace(
            endings: answers[1].map { ServicePace.Ending(age: $0.double(0) ?? 0, duration: $0.double(1) ?? 0) },
            slots: Int(answers[3][0].integer(0) ?? 0), arrivals: answers[2].arrivals())
        let forecast = QueueForecast(
            lines: lines, pace: pace, ageing: ageing, weights: weights, asOf: try answers[3][0].time(1))
        return (forecast, lines.reduce(0) { $0 + $1.count })
    }
}

extension PostgresRows {
    /// The rows of `ForecastStatements.lines`.
    fileprivate func queueLines() throws(StoreError) -> [QueueLine] {
        var lines: [QueueLine] = []
        for index in 0..<count {
            let row = self[index]
            guard let client = row.string(0), let priority = row.integer(1).flatMap({ JobPriority(Int($0)) }),
                let ranks = row.integers(2), let moments = row.integers(3), ranks.count == moments.count
            else { throw .rejected("a line of waiting jobs cannot be read") }
            var line = QueueLine(client: client, priority: priority)
            for (rank, moment) in zip(ranks, moments) {
                line.add(rank: Int(rank), createdAt: WallTime(microseconds: moment))
            }
            lines.append(line)
        }
        return lines
    }

    /// The rows of `ForecastStatements.arrivals`. The busiest second does not count: many jobs at once are no sign that
    /// more will come.
    fileprivate func arrivals() -> [ServicePace.Arrivals] {
        var arrivals: [ServicePace.Arrivals] = []
        for index in 0..<count {
            let row = self[index]
            guard let client = row.string(0), let priority = row.integer(1).flatMap({ JobPriority(Int($0)) }),
                let jobs = row.integer(2), let most = row.integer(3), let seconds = row.double(4), jobs > most
            else { continue }
            let rate = Double(jobs - most) / seconds
            arrivals.append(ServicePace.Arrivals(client: client, priority: priority, rate: rate))
        }
        return arrivals
    }
}
