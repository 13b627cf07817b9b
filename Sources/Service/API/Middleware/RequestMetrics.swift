import EventLoop
import HTTP
import HTTPServer
import Synchronization
import Telemetry

/// Counts requests by route, method and status. The first middleware, so that it sees what goes out.
///
/// Each loop has series of its own and finds them without waiting for the others: it costs a request some tenths of a
/// microsecond.
struct RequestMetrics: Middleware {
    private struct Key: Hashable {
        /// The route's pattern; nil where no route was found or looked for.
        let route: String?
        let method: Method
        let status: Int
    }

    /// Where a request of one kind is counted.
    private struct Series: Sendable {
        let duration: Histogram
        let received: Counter
        let sent: Counter
    }

    private let durations: MetricFamily<Histogram>
    private let received: MetricFamily<Counter>
    private let sent: MetricFamily<Counter>
    private let inFlight: UpDownCounter
    /// By the loops' indices. As many as there are routes, methods and statuses.
    private let known: [Lock<[Key: Series]>]
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
        known = (0..<max(1, loops)).map { _ in Lock([:]) }
    }

    func receive(_ request: Request) -> Response? {
        inFlight.add(1, shard: request.loop.index)
        return nil
    }

    func complete(_ response: inout Response, to request: Request) {
        let ending = Ending(request, response.status.code, self)
        guard case .stream(let produce) = response.body else {
            return ending.count(sent: request.head.method == .head ? 0 : response.body.bytes?.count ?? 0)
        }
        let place = StreamPlace(ending)
        response.body = .stream { writer in
            defer { place.sent.store(writer.writtenCount, ordering: .relaxed) }
            try await produce(writer)
        }
    }

    /// A request whose answer is complete but for its content.
    private struct Ending: Sendable {
        let key: Key
        let loop: Int
        let startedAt: MonotonicTime
        let received: Int
        let metrics: RequestMetrics

        init(_ request: Request, _ status: Int, _ metrics: RequestMetrics) {
            // A client may make up any method; none of a path's is among those.
            var method = request.head.method
            if case .other = method { method = .other("other") }
            key = Key(route: request.route, method: method, status: status)
            loop = request.loop.index
            startedAt = request.receivedAt
            received = request.body.receivedCount
            self.metrics = metrics
        }

        func count(sent: Int) {
            let series = metrics.series(key, loop)
            series.duration.observe(Int(MonotonicTime.now.nanoseconds - startedAt.nanoseconds), shard: loop)
            if received > 0 { series.received.add(received, shard: loop) }
            if sent > 0 { series.sent.add(sent, shard: loop) }
            metrics.inFlight.add(-1, shard: loop)
        }
    }

    /// Counts a request with a stream when that has ended; it may never be made.
    private final class StreamPlace: Sendable {
        let sent = Atomic(0)
        private let ending: Ending

        init(_ ending: Ending) {
            self.ending = ending
        }

        deinit {
            ending.count(sent: sent.load(ordering: .relaxed))
        }
    }

    private func series(_ key: Key, _ loop: Int) -> Series {
        known[loop % known.count].withLock { known in
            if let series = known[key] { return series }
            let (route, method) = (key.route ?? Self.noRoute, key.method.description)
            let series = Series(
                duration: durations.with(route, method, String(key.status)), received: received.with(route, method),
                sent: sent.with(route, method))
            known[key] = series
            return series
        }
    }
}
