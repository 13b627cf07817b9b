import Domain
import EventLoop

/// Dead letters in memory, and a queue that can be away.
final class FakeQueueDesk: QueueDesk {
    struct State: Sendable {
        var letters: [DeadLetterRecord] = []
        var next: DeadLetterMarks?
        var outcomes: [DeadLetterPlace: Redriving] = [:]
        var partitions: [QueueStanding.Partition] = []
        var failure: QueueError?
        var listings: [(limit: Int, before: DeadLetterMarks?)] = []
        var redriven: [DeadLetterPlace] = []
    }

    let state = Lock(State())

    func deadLetters(limit: Int, before marks: DeadLetterMarks?) async throws(QueueError) -> DeadLetterPage {
        try call { state in
            state.listings.append((limit, marks))
            return DeadLetterPage(letters: state.letters, next: state.next)
        }
    }

    func deadLetter(at place: DeadLetterPlace) async throws(QueueError) -> DeadLetterRecord? {
        try call { state in state.letters.first { $0.place == place } }
    }

    func redrive(_ places: [DeadLetterPlace]) async throws(QueueError) -> [DeadLetterPlace: Redriving] {
        try call { state in
            state.redriven += places
            return state.outcomes
        }
    }

    func standing() async throws(QueueError) -> QueueStanding {
        try call { state in
            var activity = QueueStanding.Activity()
            (activity.commits, activity.failedCommits, activity.assigned, activity.lost) = (5, 1, 2, 1)
            return QueueStanding(topic: "requests", group: "workers", partitions: state.partitions, activity: activity)
        }
    }

    private func call<Value>(_ body: (inout State) -> Value) throws(QueueError) -> Value {
        let outcome: Result<Value, QueueError> = state.withLock { state in
            if let failure = state.failure { return .failure(failure) }
            return .success(body(&state))
        }
        return try outcome.get()
    }
}
