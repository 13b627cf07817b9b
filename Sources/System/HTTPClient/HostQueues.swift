/// Decides which transfers run and which wait in line for their host, first come, first served. libcurl has such
/// a limit of its own, but there the connect timeout runs on while a transfer waits.
struct HostQueues<Waiter: AnyObject> {
    private let limitPerHost: Int
    private let waitingLimit: Int
    private var hosts: [String: Host] = [:]
    /// How many wait, over all hosts.
    private(set) var waitingCount = 0

    private struct Host {
        var running = 0
        var waiting: [Waiter] = []
    }

    enum Admission {
        case start
        case wait
        case refuse
    }

    init(limitPerHost: Int, waitingLimit: Int) {
        self.limitPerHost = limitPerHost
        self.waitingLimit = waitingLimit
    }

    /// Counts a transfer in, or queues it.
    mutating func admit(_ waiter: Waiter, to host: String) -> Admission {
        if hosts[host, default: Host()].running < limitPerHost {
            hosts[host, default: Host()].running += 1
            return .start
        }
        guard waitingCount < waitingLimit else { return .refuse }
        hosts[host, default: Host()].waiting.append(waiter)
        waitingCount += 1
        return .wait
    }

    /// Counts a running transfer out and returns the one that runs in its place.
    mutating func leave(_ host: String) -> Waiter? {
        guard var entry = hosts[host] else { return nil }
        if entry.waiting.isEmpty {
            entry.running -= 1
            hosts[host] = entry.running == 0 ? nil : entry
            return nil
        }
        let next = entry.waiting.removeFirst()
        waitingCount -= 1
        hosts[host] = entry
        return next
    }

    /// Takes one out of the line that has not run.
    mutating func withdraw(_ waiter: Waiter, from host: String) {
        guard let index = hosts[host]?.waiting.firstIndex(where: { $0 === waiter }) else { return }
        hosts[host]?.waiting.remove(at: index)
        waitingCount -= 1
    }

    /// Everyone in line.
    var waiting: [Waiter] { hosts.values.flatMap(\.waiting) }
}
