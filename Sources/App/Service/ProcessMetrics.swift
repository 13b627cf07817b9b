import EventLoop
import Telemetry

/// What the process takes of the machine, and how soon its loops get to their work. The names of the first are those
/// that Prometheus' own clients have.
struct ProcessMetrics: Sendable {
    private let processor: Counter
    private let processorKnown = Lock(0)
    private let resident: Gauge
    private let virtual: Gauge
    private let threads: Gauge
    private let openFiles: Gauge
    private let fileLimit: Gauge
    private let connections: Gauge
    private let lag: MetricFamily<Histogram>
    private static let lagInterval = Duration.milliseconds(250)
    private static let slowInterval = Duration.seconds(10)

    init(_ registry: MetricsRegistry, role: String) {
        processor = registry.counter(
            "process_cpu_seconds", unit: .seconds, "Processor time of the process, user's and system's."
        ).with()
        resident = registry.gauge(
            "process_resident_memory_bytes", unit: .bytes, "Memory that the process has in RAM."
        ).with()
        virtual = registry.gauge(
            "process_virtual_memory_bytes", unit: .bytes, "Addresses that the process has reserved."
        ).with()
        threads = registry.gauge("process_threads", "Threads of the process.").with()
        openFiles = registry.gauge("process_open_fds", "Open files and sockets.").with()
        connections = registry.gauge("http_server_connections", "Open connections of clients.").with()
        lag = registry.histogram(
            "event_loop_lag_seconds", unit: .seconds, "By how much timers of a loop are late.", labels: ["loop"],
            bounds: HistogramBounds.moments)
        fileLimit = registry.gauge("process_max_fds", "Files and sockets that may be open.").with()
        registry.gauge(
            "process_start_time_seconds", unit: .seconds, "When the process began, in Unix time."
        ).with().set(Self.startTime)
        registry.gauge("gigaoffice_build_info", "1; the labels tell what runs.", labels: ["version", "role"])
            .with(ProgramVersion.current, role).set(1)
    }

    /// What costs little to find out, before each look at the metrics.
    func sample() {
        let processorTime = Int(ProcessUsage.processorSeconds * 1e9)
        processorKnown.withLock { known in
            processor.add(processorTime - known)
            known = max(known, processorTime)
        }
        fileLimit.set(ProcessUsage.fileLimit)
        let memory = ProcessUsage.memoryBytes
        resident.set(memory.resident)
        virtual.set(memory.virtual)
        threads.set(ProcessUsage.threadCount)
    }

    /// Counts open files now and then until the task is cancelled: there may be very many.
    func watchFiles(_ blocking: BlockingThread, on loop: EventLoop) async {
        repeat {
            do {
                openFiles.set(Double(try await blocking.run { ProcessUsage.openFileCount }))
            } catch {
                // The thread has too much to do or ends; the last count stays.
                continue
            }
        } while await loop.pause(for: Self.slowInterval)
    }

    /// Takes over how many connections there are until the task is cancelled.
    func watchConnections(on loop: EventLoop, _ count: @Sendable () async -> Int) async {
        repeat { connections.set(Double(await count())) } while await loop.pause(for: .seconds(1))
    }

    /// Measures the calling task's loop until the task is cancelled.
    func watchLag(of loop: EventLoop) async {
        let lag = lag.with(loop.name)
        while true {
            let due = MonotonicTime.now + Self.lagInterval
            guard await loop.pause(for: Self.lagInterval) else { return }
            lag.observe(MonotonicTime.now - due)
        }
    }

    private static var startTime: Double { Double(WallTime.now.microseconds) / 1_000_000 }
}
