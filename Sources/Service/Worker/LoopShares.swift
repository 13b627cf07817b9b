import EventLoop

/// Spreads jobs over loops, so that their prompts and answers are worked at by all cores: the next one goes to the loop
/// with the fewest that have not ended. A loop that is held up by other work ends its jobs later and gets fewer.
struct LoopShares {
    private let loops: [EventLoop]
    private var counts: [Int]
    /// Loops that are alike take turns.
    private var turn = 0

    /// Takes at least one loop.
    init(_ loops: [EventLoop]) {
        precondition(!loops.isEmpty, "jobs need a loop")
        self.loops = loops
        counts = Array(repeating: 0, count: loops.count)
    }

    /// A loop for one more job, and its place, which is to be given back when the job has ended.
    mutating func take() -> (place: Int, loop: EventLoop) {
        var place = turn
        for step in loops.indices.dropFirst() {
            let other = (turn + step) % loops.count
            if counts[other] < counts[place] { place = other }
        }
        turn = (place + 1) % loops.count
        counts[place] += 1
        return (place, loops[place])
    }

    mutating func giveBack(_ place: Int) {
        counts[place] -= 1
    }
}
