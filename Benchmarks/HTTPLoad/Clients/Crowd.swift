import EventLoop

/// Many clients that take their turns one after the other, evenly over time.
final class Crowd {
    let members: [any CrowdMember]
    private let schedule: ArrivalSchedule
    private var stepsDone = 0

    /// Each member gets a turn every `period` seconds.
    init(_ members: [any CrowdMember], period: Double) {
        self.members = members
        schedule = ArrivalSchedule(start: .now, rate: Double(max(1, members.count)) / period, total: nil)
    }

    /// Gives the turns that are due.
    func advance(to now: MonotonicTime) {
        guard !members.isEmpty else { return }
        let due = schedule.due(at: now)
        while stepsDone < due {
            members[stepsDone % members.count].step()
            stepsDone += 1
        }
    }

    var inPlace: Int { members.count { $0.isInPlace } }
    var losses: Int { members.reduce(0) { $0 + $1.losses } }

    func close() {
        for member in members { member.close() }
    }
}
