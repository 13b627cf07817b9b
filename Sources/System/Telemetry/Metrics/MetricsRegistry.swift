import Synchronization

/// All metrics of a process. Made once and handed down; modules make their families of it at start. Any thread.
public final class MetricsRegistry: Sendable {
    /// Counts nothing and has nothing to show.
    public static let disabled = MetricsRegistry(isEnabled: false)

    private struct Content {
        var families: [any WritableFamily] = []
        var collectors: [@Sendable () -> Void] = []
    }

    private let shards: Int?
    private let content = Mutex(Content())

    /// `threads` is how many count at a time where it matters: those get numbers of their own, which are added up only
    /// when somebody looks.
    public init(threads: Int = 1, isEnabled: Bool = true) {
        shards = isEnabled ? max(1, threads) : nil
    }

    /// Whether anything is counted.
    public var isEnabled: Bool { shards != nil }

    /// What has been registered, by name.
    public var descriptions: [MetricDescription] { families.map(\.description) }

    private var families: [any WritableFamily] {
        content.withLock { $0.families }.sorted { $0.description.name < $1.description.name }
    }

    // MARK: Making families

    /// A family of numbers that only grow. `limit` bounds the combinations of label values; `isSharded` is for what
    /// all threads count all the time.
    public func counter(
        _ name: String, unit: MetricUnit = .none, _ help: String, labels: [String] = [], limit: Int = 100,
        isSharded: Bool = false
    ) -> MetricFamily<Counter> {
        make(MetricDescription(name, .counter, unit: unit, help, labels: labels), limit, isSharded)
    }

    /// A family of numbers of things that come and go.
    public func upDownCounter(
        _ name: String, unit: MetricUnit = .none, _ help: String, labels: [String] = [], limit: Int = 100,
        isSharded: Bool = false
    ) -> MetricFamily<UpDownCounter> {
        make(MetricDescription(name, .gauge, unit: unit, help, labels: labels), limit, isSharded)
    }

    /// A family of values that are looked at now and then.
    public func gauge(
        _ name: String, unit: MetricUnit = .none, _ help: String, labels: [String] = [], limit: Int = 100
    ) -> MetricFamily<Gauge> {
        make(MetricDescription(name, .gauge, unit: unit, help, labels: labels), limit, false)
    }

    /// A family of counts by size. `bounds` are the buckets' upper bounds in what is counted, such as nanoseconds.
    public func histogram(
        _ name: String, unit: MetricUnit, _ help: String, labels: [String] = [], bounds: [Int], limit: Int = 100,
        isSharded: Bool = false
    ) -> MetricFamily<Histogram> {
        make(MetricDescription(name, .histogram, unit: unit, help, labels: labels, bounds: bounds), limit, isSharded)
    }

    /// Calls `body` before each look at the metrics, on the looker's thread: for values that somebody else keeps. It
    /// must not take long.
    public func onCollect(_ body: @escaping @Sendable () -> Void) {
        content.withLock { $0.collectors.append(body) }
    }

    private func make<Member: WritableInstrument>(
        _ description: MetricDescription, _ limit: Int, _ isSharded: Bool
    ) -> MetricFamily<Member> {
        let family = MetricFamily<Member>(
            description, limit: limit, shards: shards.map { isSharded ? $0 : 1 })
        content.withLock { content in
            guard isEnabled else { return }
            let isNew = !content.families.contains { $0.description.name == description.name }
            precondition(isNew, "there is a metric \(description.name) already")
            content.families.append(family)
        }
        return family
    }

    // MARK: Showing

    /// All present values as text.
    public func page(_ format: MetricsFormat) -> [UInt8] {
        for collect in content.withLock({ $0.collectors }) { collect() }
        var page = MetricsPage(format)
        for family in families { family.write(to: &page) }
        page.end()
        return page.bytes
    }
}
