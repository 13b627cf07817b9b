import CLibpq
public import EventLoop

/// One connection in pipeline mode: units of work go out as they come and their answers return in order, so
/// many tasks share it without waiting for each other's round trips.
///
/// A unit is one or more statements in one implicit transaction: all or none take effect. Everything happens on
/// the connection's loop.
public final class PostgresConnection {
    /// Where the connection stands.
    public enum State: Equatable, Sendable {
        /// Not usable yet.
        case connecting
        /// Takes work.
        case ready
        /// Never usable again; make a new one.
        case closed
    }

    /// Where the connection stands.
    public private(set) var state = State.connecting
    /// Units sent or about to be sent whose answer is still out.
    public var unitsInFlight: Int { units.count - firstUnit }
    /// Those of them that have a long statement.
    private(set) var longUnitsInFlight = 0

    private let loop: EventLoop
    private let configuration: PostgresConfiguration
    private let link: PostgresLink
    private var units: [PostgresUnit] = []
    private var firstUnit = 0
    private var prepared: Set<String> = []
    private var flushIsPlanned = false
    private var connecting: CheckedContinuation<Result<Void, PostgresError>, Never>?
    private var watchdog: TimerToken?
    private let onClose: () -> Void

    /// Makes an unconnected connection. `onClose` runs once, when it stops being usable.
    public init(on loop: EventLoop, _ configuration: PostgresConfiguration, onClose: @escaping () -> Void = {}) {
        self.loop = loop
        self.configuration = configuration
        self.onClose = onClose
        link = PostgresLink(on: loop)
        link.onReady = { [weak self] in self?.socketIsReady() }
    }

    /// Logs in. `resolvedAddress` spares libpq its own, blocking, name look-up.
    public func connect(resolvedAddress: String?) async throws(PostgresError) {
        loop.preconditionInLoop()
        watchdog = loop.schedule(after: configuration.connectTimeout) { [weak self] in
            self?.fail("no answer within the connect timeout")
        }
        let result = await withCheckedContinuation { continuation in
            connecting = continuation
            follow(link.start(configuration, resolvedAddress: resolvedAddress))
        }
        try result.get()
    }

    /// Runs `queries` as one unit and returns their answers, one each.
    public func execute(_ queries: [PostgresQuery]) async throws(PostgresError) -> [PostgresRows] {
        loop.preconditionInLoop()
        guard state == .ready else { throw .unavailable("the connection is \(state)") }
        let unit = try PostgresUnit(queries, deadline: .now + configuration.answerTimeout)
        units.append(unit)
        if unit.isLong { longUnitsInFlight += 1 }
        planFlush()
        let result = await withCheckedContinuation { unit.continuation = $0 }
        return try result.get()
    }

    /// Closes at once; units in flight end in doubt.
    public func close() {
        fail("closed by us")
    }

    // MARK: Connecting

    private func socketIsReady() {
        switch state {
        case .connecting: follow(link.advance())
        case .ready: readAnswers()
        case .closed: break
        }
    }

    private func follow(_ progress: PostgresLink.Progress) {
        switch progress {
        case .waiting: break
        case .failed(let reason): fail(reason)
        case .connected: becomeReady()
        }
    }

    private func becomeReady() {
        guard link.withHandle(PQenterPipelineMode) == 1 else { return fail(link.errorMessage) }
        if let watchdog { loop.cancel(watchdog) }
        watchdog = nil
        state = .ready
        let waiting = connecting
        connecting = nil
        waiting?.resume(returning: .success(()))
    }

    // MARK: Sending

    private func planFlush() {
        guard !flushIsPlanned else { return }
        flushIsPlanned = true
        loop.atEndOfTick { [weak self] in self?.sendUnits() }
    }

    private func sendUnits() {
        flushIsPlanned = false
        guard state == .ready else { return }
        for unit in units[firstUnit...] where !unit.isSent {
            let sent = link.withHandle { unit.send(on: $0, prepared: &prepared) } ?? false
            guard sent else { return fail(link.errorMessage) }
        }
        guard link.flush() else { return fail(link.errorMessage) }
        watchOldestUnit()
    }

    private func watchOldestUnit() {
        guard watchdog == nil, firstUnit < units.count else { return }
        watchdog = loop.schedule(at: units[firstUnit].deadline) { [weak self] in self?.checkOldestUnit() }
    }

    private func checkOldestUnit() {
        watchdog = nil
        guard firstUnit < units.count else { return }
        if units[firstUnit].deadline <= .now {
            fail("no answer within \(configuration.answerTimeout)")
        } else {
            watchOldestUnit()
        }
    }

    // MARK: Receiving

    private func readAnswers() {
        guard link.withHandle(PQconsumeInput) == 1 else { return fail(link.errorMessage) }
        guard link.flush() else { return fail(link.errorMessage) }
        var emptyReads = 0
        while firstUnit < units.count, units[firstUnit].isSent, link.withHandle(PQisBusy) == 0 {
            let unit = units[firstUnit]
            guard let result = link.withHandle(PQgetResult) ?? nil else {
                unit.endOfResults()
                emptyReads += 1
                if emptyReads > 1 { return }
                continue
            }
            emptyReads = 0
            guard unit.receive(result, prepared: &prepared) else { continue }
            retireFirstUnit()
            unit.finish()
            guard state == .ready else { return }
        }
    }

    /// Drops the answered unit; the array is compacted now and then instead of shifted each time.
    private func retireFirstUnit() {
        if units[firstUnit].isLong { longUnitsInFlight -= 1 }
        firstUnit += 1
        if firstUnit == units.count {
            units.removeAll(keepingCapacity: true)
            firstUnit = 0
        } else if firstUnit >= 256 {
            units.removeFirst(firstUnit)
            firstUnit = 0
        }
    }

    // MARK: The end

    private func fail(_ reason: String) {
        guard state != .closed else { return }
        state = .closed
        if let watchdog { loop.cancel(watchdog) }
        watchdog = nil
        link.close()
        let waiting = connecting
        connecting = nil
        waiting?.resume(returning: .failure(.unavailable(reason)))
        let abandoned = units[firstUnit...]
        units = []
        firstUnit = 0
        longUnitsInFlight = 0
        for unit in abandoned { unit.abandon(reason) }
        onClose()
    }
}
