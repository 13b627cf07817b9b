/// One payload on its way into the service, and what the service said to it.
struct Submission: Sendable {
    /// How it is brought in.
    enum Way: Equatable, Sendable {
        /// One POST, never repeated.
        case plain
        /// POSTs with an `Idempotency-Key`, repeated until there is an answer and sometimes afterwards.
        case keyed
        /// A message on the requests topic under an id of our own; repeated after a broker has lost its log.
        case message(id: String)
    }

    let payload: Payload
    let way: Way
    /// The id in each answer that promised the job.
    var promised: [String] = []
    /// Attempts that ended in an error which leaves open whether the job exists.
    var unknown = 0
    /// Answers that no client should get, as text.
    var wrongAnswers: [String] = []

    init(_ payload: Payload, _ way: Way) {
        self.payload = payload
        self.way = way
    }
}
