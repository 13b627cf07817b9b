import Synchronization

/// All time series of one name, by the values of their labels. Their number is bounded: beyond it, what has new values
/// is counted together under `other`. Any thread.
public final class MetricFamily<Member: Instrument>: Sendable {
    /// What the family is.
    public let description: MetricDescription
    private let limit: Int
    private let counts: Bool
    private let make: @Sendable () -> Member
    private let writeMember: @Sendable (Member, Series, inout MetricsPage) -> Void
    private let members = Mutex(Members())
    /// Stands for all values that came after the last that had room.
    private static var overflow: String { "other" }
    /// Longer values are cut: they come from outside.
    private static var maximumCharacters: Int { 120 }

    /// Nil for `shards` counts nothing.
    init(_ description: MetricDescription, limit: Int, shards: Int?) where Member: WritableInstrument {
        self.description = description
        self.limit = limit
        counts = shards != nil
        make = { Member(description, shards: shards) }
        writeMember = { $0.write($1, to: &$2) }
        if description.labels.isEmpty { _ = with() }
    }

    /// The series with these values of the labels, in their order. Finding it takes a lock, so whoever counts often
    /// keeps what this returns.
    public func with(_ values: String...) -> Member {
        member(values)
    }

    private struct Members {
        var all: [[String]: Member] = [:]
        /// Some that were asked for lately, looked through before anything is hashed.
        private(set) var recent: [(values: [String], member: Member)] = []
        private var oldest = 0
        private static var maximumRecent: Int { 4 }

        mutating func remember(_ values: [String], _ member: Member) {
            if recent.count < Self.maximumRecent { return recent.append((values, member)) }
            recent[oldest] = (values, member)
            oldest = (oldest + 1) % Self.maximumRecent
        }

        mutating func forgetRecent() {
            (recent, oldest) = ([], 0)
        }
    }

    private func member(_ values: [String]) -> Member {
        precondition(values.count == description.labels.count, "\(description.name) has \(description.labels)")
        guard counts else { return make() }
        return members.withLock { members in
            for entry in members.recent where entry.values == values { return entry.member }
            guard let known = members.all[values] else { return newMember(values, among: &members.all) }
            members.remember(values, known)
            return known
        }
    }

    /// Of values that are not known as they are.
    private func newMember(_ values: [String], among all: inout [[String]: Member]) -> Member {
        var values = values.map { String($0.prefix(Self.maximumCharacters)) }
        if all.count >= limit, all[values] == nil { values = values.map { _ in Self.overflow } }
        if let known = all[values] { return known }
        let member = make()
        all[values] = member
        return member
    }
}

extension MetricFamily where Member == Gauge {
    /// Replaces all series by these: for sets of which some may be gone.
    public func set(_ values: [[String]: Double]) {
        members.withLock { members in
            members.all = members.all.filter { values[$0.key] != nil }
            members.forgetRecent()
        }
        for (labels, value) in values { member(labels).set(value) }
    }
}

extension MetricFamily: WritableFamily {
    func write(to page: inout MetricsPage) {
        let all = members.withLock { $0.all.map { (Series(description, $0.key), $0.value) } }
        guard !all.isEmpty else { return }
        page.begin(description)
        for (series, member) in all.sorted(by: { $0.0.labels < $1.0.labels }) { writeMember(member, series, &page) }
    }
}
