public import EventLoop

/// A loop's connections to the database: a few pipelines that are replaced when they break.
///
/// Confined to its loop. Work goes to the ready connection with the least in flight; when none is ready it waits
/// a bounded time for one. Answers of one connection come in order, so long statements share one, and others keep off
/// it as far as there is another.
public final class PostgresClient {
    /// The loop that owns this client.
    public let loop: EventLoop
    private let configuration: PostgresConfiguration
    private let resolver: BlockingThread
    private let size: Int
    private let unitLimit = 1024
    /// A long unit holds up others as so many short ones do: tens of milliseconds.
    private static let longBurden = 256
    private var connections: [PostgresConnection] = []
    private var waiters: [ConnectionWaiter] = []
    private var lastFailure = "not connected yet"
    private var isClosed = false

    /// Makes a client of `size` connections; `resolver` is where host names are looked up.
    public init(
        on loop: EventLoop, _ configuration: PostgresConfiguration, size: Int, resolver: BlockingThread
    ) {
        self.loop = loop
        self.configuration = configuration
        self.size = size
        self.resolver = resolver
    }

    /// Keeps the connections open until the task is cancelled; run it as a child task on the loop.
    public func run() async {
        await withDiscardingTaskGroup { group in
            for _ in 0..<size {
                let bound = LoopBound(self, to: loop)
                group.addTask(executorPreference: loop) { await bound.value.keepOneOpen() }
            }
        }
        close()
    }

    /// Connections that take work.
    public var readyCount: Int { connections.count { $0.state == .ready } }
    /// Callers that wait for a connection.
    public var waiterCount: Int { waiters.count }
    /// Units of work that are not answered yet, on all connections.
    public var unitsInFlight: Int { connections.reduce(0) { $0 + $1.unitsInFlight } }

    /// Whether at least one connection takes work.
    public var isReady: Bool { connections.contains { $0.state == .ready } }

    /// Runs one statement in its own transaction.
    public func execute(_ query: PostgresQuery) async throws(PostgresError) -> PostgresRows {
        let answers = try await execute([query])
        return answers[0]
    }

    /// Runs several statements in one transaction and one round trip. `patience` bounds the wait for a connection.
    public func execute(
        _ queries: [PostgresQuery], patience: Duration = .seconds(1)
    ) async throws(PostgresError) -> [PostgresRows] {
        loop.preconditionInLoop()
        let isLong = queries.contains { $0.statement.isLong }
        let connection = try await connection(within: patience, isLong: isLong)
        guard connection.unitsInFlight < unitLimit else { throw .overloaded }
        return try await connection.execute(queries)
    }

    private func connection(
        within patience: Duration, isLong: Bool
    ) async throws(PostgresError) -> PostgresConnection {
        if let ready = leastBusy(isLong: isLong) { return ready }
        guard waiters.count < unitLimit else { throw .overloaded }
        guard !isClosed else { throw .unavailable("the client is closed") }
        let waiter = ConnectionWaiter()
        waiters.append(waiter)
        let timer = loop.schedule(after: patience) { [weak self] in self?.give(up: waiter) }
        await waiter.wait()
        loop.cancel(timer)
        guard let ready = leastBusy(isLong: isLong) else { throw .unavailable(lastFailure) }
        return ready
    }

    private func leastBusy(isLong: Bool) -> PostgresConnection? {
        var best: PostgresConnection?
        for connection in connections where connection.state == .ready {
            if isLong, connection.longUnitsInFlight > 0 { return connection }
            if best.map({ burden(of: connection) < burden(of: $0) }) ?? true { best = connection }
        }
        return best
    }

    private func burden(of connection: PostgresConnection) -> Int {
        connection.unitsInFlight + connection.longUnitsInFlight * Self.longBurden
    }

    private func give(up waiter: ConnectionWaiter) {
        waiters.removeAll { $0 === waiter }
        waiter.wake()
    }

    private func wakeWaiters() {
        let woken = waiters
        waiters = []
        for waiter in woken { waiter.wake() }
    }

    // MARK: Keeping connected

    private func keepOneOpen() async {
        var pause = Duration.milliseconds(25)
        repeat {
            pause = await connectAndStay() ? .milliseconds(50) : min(pause * 2, .seconds(2))
        } while await loop.pause(for: pause * Double.random(in: 0.5...1))
    }

    /// Returns after the connection has ended; true when it had been usable.
    private func connectAndStay() async -> Bool {
        let ending = Ending(loop: loop)
        let connection = PostgresConnection(on: loop, configuration) { ending.come() }
        do throws(PostgresError) {
            let address = try await HostResolution.address(of: configuration.host, on: resolver)
            try await connection.connect(resolvedAddress: address)
        } catch {
            lastFailure = "\(error)"
            return false
        }
        connections.append(connection)
        wakeWaiters()
        await ending.wait()
        connections.removeAll { $0 === connection }
        connection.close()
        return true
    }

    private func close() {
        isClosed = true
        for connection in connections { connection.close() }
        wakeWaiters()
    }
}

/// Waits for a connection's end, or for the task to be cancelled.
private final class Ending: @unchecked Sendable {
    // Safety: touched on `loop` only; cancellation hops there first.
    private let loop: EventLoop
    private var hasCome = false
    private var continuation: CheckedContinuation<Void, Never>?

    init(loop: EventLoop) {
        self.loop = loop
    }

    func come() {
        hasCome = true
        continuation?.resume()
        continuation = nil
    }

    func wait() async {
        await withTaskCancellationHandler {
            if hasCome || Task.isCancelled { return }
            await withCheckedContinuation { continuation = $0 }
        } onCancel: {
            loop.execute { self.come() }
        }
    }
}
