import Domain
import EventLoop
import Telemetry

/// Tells of a ledger that does not answer: once at the beginning of an outage and once at its end, and of no more than
/// one outage in half a minute.
struct LedgerOutage {
    /// Between two lines about beginnings.
    static let silence = Duration.seconds(30)

    private let logger: Logger
    private var since: MonotonicTime?
    private var isTold = false
    private var lastTold: MonotonicTime?

    init(_ logger: Logger) {
        self.logger = logger
    }

    /// An exchange has failed.
    mutating func failed(_ error: StoreError, at now: MonotonicTime = .now) {
        guard since == nil else { return }
        since = now
        isTold = lastTold.map { now - $0 >= Self.silence } ?? true
        guard isTold else { return }
        lastTold = now
        logger.warning(
            "slots of models cannot be exchanged; when the leased ones run out, calls wait", ["reason": "\(error)"])
    }

    /// An exchange has succeeded.
    mutating func ended(at now: MonotonicTime = .now) {
        guard let start = since else { return }
        since = nil
        if isTold {
            logger.notice("slots of models are exchanged again", ["seconds": .number((now - start).inSeconds)])
        }
    }
}
