/// The operators' side of the queue. Each call ends within a bounded time, whatever the brokers do. Any loop task.
public protocol QueueDesk: Sendable {
    /// The youngest dead letters, at most `limit`, of those before `marks`. Empty when there is no such topic.
    func deadLetters(limit: Int, before marks: DeadLetterMarks?) async throws(QueueError) -> DeadLetterPage

    /// One dead letter with its message; nil when there is none.
    func deadLetter(at place: DeadLetterPlace) async throws(QueueError) -> DeadLetterRecord?

    /// Sends the messages of these letters to where they came from, one after the other. The letters stay. Those of
    /// one partition must lie close together, since what is between them is read, too.
    func redrive(_ places: [DeadLetterPlace]) async throws(QueueError) -> [DeadLetterPlace: Redriving]

    /// How far the workers have come, asked of the brokers.
    func standing() async throws(QueueError) -> QueueStanding
}
