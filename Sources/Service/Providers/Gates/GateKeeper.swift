public import Domain
public import EventLoop
public import Telemetry

/// Asks the ledger for what the gates of a process need: every tick, and earlier when somebody waits for it. One for
/// each process. While the ledger is away what is leased holds until its time is over; then the gates wait.
public final class GateKeeper: Sendable {
    private let gates: [ProviderGate]
    private let ledger: any CapacityLedger
    private let owner: String
    private let signal: Signal
    private let logger: Logger

    /// The time between two exchanges when nothing calls for one.
    static let tick = Duration.seconds(1)
    /// The least time between two exchanges.
    static let pause = Duration.milliseconds(20)
    /// How long a lease holds in the ledger: a killed process's slots are free after it.
    static let lease = Duration.seconds(4)
    /// How long the process itself relies on it.
    static let reliance = Duration.milliseconds(3_750)

    /// A keeper whose `run` is to be called on `loop`. `owner` is another one in every process.
    public init(on loop: EventLoop, gates: [ProviderGate], ledger: any CapacityLedger, owner: String, logger: Logger) {
        self.gates = gates
        self.ledger = ledger
        self.owner = owner
        self.logger = logger
        let signal = Signal(on: loop)
        self.signal = signal
        for gate in gates { gate.onNeed { signal.ring() } }
    }

    /// Runs until the task is cancelled; then gives everything back.
    public func run(on loop: EventLoop) async {
        loop.preconditionInLoop()
        var outage = LedgerOutage(logger)
        while !Task.isCancelled {
            let start = MonotonicTime.now
            await exchange(&outage)
            await rest(until: start + Self.tick, notBefore: .now + Self.pause, on: loop)
        }
        do throws(StoreError) {
            try await ledger.withdraw(owner: owner)
        } catch {
            // The leases run out by themselves.
            return
        }
    }

    private func exchange(_ outage: inout LedgerOutage) async {
        let asked = MonotonicTime.now
        let wishes = gates.map { $0.wish(at: asked) }
        do throws(StoreError) {
            let grants = try await ledger.exchange(wishes, owner: owner, lease: Self.lease)
            for (gate, grant) in zip(gates, grants) { gate.take(grant, lease: Self.reliance, askedAt: asked) }
            outage.ended()
        } catch {
            // What is leased holds until its time is over; the next tick asks again.
            if !Task.isCancelled { outage.failed(error) }
        }
    }

    private func rest(until tick: MonotonicTime, notBefore earliest: MonotonicTime, on loop: EventLoop) async {
        do {
            try await loop.sleep(for: earliest - .now)
        } catch {
            return
        }
        while !Task.isCancelled {
            let now = MonotonicTime.now
            if now >= tick || gates.contains(where: { $0.wantsExchange(at: now) }) { return }
            let wake = gates.compactMap(\.nextTime).min().map { min(tick, max($0, now)) } ?? tick
            await signal.wait(atMost: max(.milliseconds(1), wake - now))
        }
    }
}
