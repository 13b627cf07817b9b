import EventLoop
import HTTP
import HTTPServer
import Synchronization
import Telemetry

/// Counts requests by route, method and status. The first middleware, so that it sees what goes out.
///
/// Each loop finds its series without a lock or a hash, and counts in cells of its own.
final class RequestMetrics: Middleware {
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

    /// What one route has been asked for so far.
    private struct Kind {
        let method: Method
        let status: Int
        let series: Series
    }

    /// The series that one loop knows: as many as there are routes, methods and statuses.
    private final class Known: @unchecked Sendable {
        // Safety: touched only by requests of one loop, on its thread.
        /// By the routes' indices, each with the few methods and statuses it has; those without a route come first.
        @exclusivity(unchecked) var kinds: [[Kind]] = [[]]
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
        let loop = request.loop.index
        let series = series(request, method, response.status.code, loop)
        let received = request.body.receivedCount
        if received > 0 { series.received.add(received, shard: loop) }
        guard case .stream(let produce) = response.body else {
            let sent = method == .head ? 0 : response.body.bytes?.count ?? 0
            return count(series, request.receivedAt, request.answeredAt, sent, loop)
        }
        let place = StreamPlace(series, request.receivedAt, loop, self)
        response.body = .stream { writer in
            defer { place.sent.store(writer.writtenCount, ordering: .relaxed) }
            try await produce(writer)
        }
    }

    /// The answer is out.
    private func count(
        _ series: Series, _ startedAt: MonotonicTime, _ endedAt: MonotonicTime, _ sent: Int, _ loop: Int
    ) {
        series.duration.observe(Int(endedAt.nanoseconds - startedAt.nanoseconds), shard: loop)
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
            metrics.count(series, startedAt, .now, sent.load(ordering: .relaxed), loop)
        }
    }

    private func series(_ request: Request, _ method: Method, _ status: Int, _ loop: Int) -> Series {
        precondition(loop < known.count, "the metrics were made for \(known.count) loops")
        let known = known[loop]
        let place = request.routeIndex.map { $0 + 1 } ?? 0
        while known.kinds.count <= place { known.kinds.append([]) }
        for kind in known.kinds[place] where kind.status == status && kind.method == method { return kind.series }
        let made = make(request.route ?? Self.noRoute, method.description, status)
        known.kinds[place].append(Kind(method: method, status: status, series: made))
        return made
    }

    private func make(_ route: String, _ method: String, _ status: Int) -> Series {
        Series(
            duration: durations.with(route, method, String(status)), received: received.with(route, method),
            sent: sent.with(route, method))
    }
}
