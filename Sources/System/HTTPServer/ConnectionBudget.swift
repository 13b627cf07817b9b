import EventLoop
import HTTP

/// Counts the open connections of all loops, in all and by client.
final class ConnectionBudget: Sendable {
    /// What a new connection may do.
    enum Admission: Equatable {
        /// Anything.
        case ordinary
        /// One request, and only one that has to be answered under any load; others are refused with the error.
        case reserved(RequestError)
        /// Nothing.
        case refused(RequestError)
    }

    private struct Counts {
        var ordinary = 0
        var reserved = 0
        var byClient: [SocketAddress.Network: Int] = [:]
    }

    private let total: Int
    private let perClient: Int
    private let reserve: Int
    private let counts = Lock(Counts())

    /// `perClient` 0 stands for no limit.
    init(total: Int, perClient: Int, reserve: Int) {
        self.total = total
        self.perClient = perClient
        self.reserve = reserve
    }

    /// Counts a new connection, unless it is refused.
    func admit(_ client: SocketAddress.Network) -> Admission {
        counts.withLock { counts in
            let ofClient = counts.byClient[client, default: 0]
            if counts.ordinary >= total { return reserve(in: &counts, .tooManyConnections) }
            if perClient > 0, ofClient >= perClient { return reserve(in: &counts, .tooManyConnectionsOfClient) }
            counts.ordinary += 1
            counts.byClient[client] = ofClient + 1
            return .ordinary
        }
    }

    private func reserve(in counts: inout Counts, _ error: RequestError) -> Admission {
        guard counts.reserved < reserve else { return .refused(error) }
        counts.reserved += 1
        return .reserved(error)
    }

    /// Takes back what `admit` has counted, once.
    func leave(_ client: SocketAddress.Network, _ admission: Admission) {
        counts.withLock { counts in
            switch admission {
            case .refused: return
            case .reserved: counts.reserved -= 1
            case .ordinary:
                counts.ordinary -= 1
                guard let count = counts.byClient[client] else { return }
                counts.byClient[client] = count == 1 ? nil : count - 1
            }
        }
    }
}
