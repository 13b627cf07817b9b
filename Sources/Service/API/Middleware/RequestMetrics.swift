import EventLoop
import HTTP
import HTTPServer
import Synchronization
import Telemetry

/// Counts requests by route, method and status. The first middleware, so that it sees what goes out.
///
/// Each loop finds its series without a lock, and counts in cells of its own.
struct RequestMetrics: Middleware {
    private struct Key: Hashable {
        /// The route's pattern; nil where no route was found or looked for.
        let route: String?
        let method: Method
        let status: Int
    }

    /// Where a request of one kind is counted.
    private final class Series: Sendable {
        let duration: Histogram
        let received: Counter
        let sent: Counter

        init(duration: Histogram, received: Counter, sent: Counter) {
            self.duration = duration
            self.received = received
            self.sent = sent
        }
    }

    /// The series that one loop knows: as many as there are routes, methods and statuses.
    private final class Known: @unchecked Sendable {
        // Safety: touched only by requests of one loop, on its thread.
        @exclusivity(unchecked) var series: [Key: Series] = [:]
        /// Most requests are of the kind that came before.
        @exclusivity(unchecked) var last: (key: Key, series: Series)?
    }

    private let durations: MetricFamily<Histogram>
    private let received: MetricFamily<Counter>
    private let sent: MetricFamily<Counter>
    private let inFlight: UpDownCounter
    /// By the loops' indices.
    private let known: [Known]
    private static let noRoute = "none"

    init(_ registry: MetricsRegistry, loops: Int) {
        durations = registry.histogram(
            "http_server_request_duration_seconds", unit: .seconds,
            "From a request's head to the end of its answer, by route, method and status.",
            labels: ["route", "method", "status"], bounds: HistogramBounds.requests, limit: 300, isSharded: true)
        received = registry.counter(
            "http_server_request_body_bytes", unit: .bytes, "Content of requests, as far as it was read.",
            labels: ["route", "method"], limit: 200, isSharded: true)
        sent = registry.counter(
            "http_server_response_body_bytes", unit: .bytes, "Content of responses, as it was sent.",
            labels: ["route", "method"], limit: 200, isSharded: true)
        inFlight = registry.upDownCounter(
            "http_server_active_requests", "Requests that are being answered now.", isSharded: true
        ).with()
        known = (0..<max(1, loops)).map { _ in Known() }
    }

    func receive(_ request: Request) -> Response? {
        inFlight.add(1, shard: request.loop.index)
        return nil
    }

    func complete(_ response: inout Response, to request: Request) {
        // A client may make up any method; none of a path's is among those.
        var method = request.head.method
        if case .other = method { method = .other("other") }
        let loop = request.loop
        let key = Key(route: request.route, method: method, status: response.status.code)
        let series = series(key, loop)
        let received = request.body.receivedCount
        if received > 0 { series.received.add(received, shard: loop.index) }
        guard case .stream(let produce) = response.body else {
            let sent = method == .head ? 0 : response.body.bytes?.count ?? 0
            return count(series, request.receivedAt, sent, loop.index)
        }
        let place = StreamPlace(series, request.receivedAt, loop.index, self)
        response.body = .stream { writer in
            defer { place.sent.store(writer.writtenCount, ordering: .relaxed) }
            try await produce(writer)
        }
    }

    /// The answer is out.
    private func count(_ series: Series, _ startedAt: MonotonicTime, _ sent: Int, _ loop: Int) {
        series.duration.observe(Int(MonotonicTime.now.nanoseconds - startedAt.nanoseconds), shard: loop)
        if sent > 0 { series.sent.add(sent, shard: loop) }
        inFlight.add(-1, shard: loop)
    }

    /// Counts a request with a stream when that has ended; it may never be made.
    private final class StreamPlace: Sendable {
        let sent = Atomic(0)
        private let series: Series
        private let startedAt: MonotonicTime
        private let loop: Int
        private let metrics: RequestMetrics

        init(_ series: Series, _ startedAt: MonotonicTime, _ loop: Int, _ metrics: RequestMetrics) {
            self.series = series
            self.startedAt = startedAt
            self.loop = loop
            self.metrics = metrics
        }

        deinit {
            metrics.count(series, startedAt, sent.load(ordering: .relaxed), loop)
        }
    }

    private func series(_ key: Key, _ loop: EventLoop) -> Series {
        precondition(loop.index < known.count, "the metrics were made for \(known.count) loops")
        let known = known[loop.index]
        if let last = known.last, last.key == key { return last.series }
        let found = known.series[key] ?? make(key)
        known.series[key] = found
        known.last = (key, found)
        return found
    }

    private func make(_ key: Key) -> Series {
        let (route, method) = (key.route ?? Self.noRoute, key.method.description)
        return Series(
            duration: durations.with(route, method, String(key.status)), received: received.with(route, method),
            sent: sent.with(route, method))
    }
}
