/// Everything that is known after a campaign: what clients sent and were told, and what is stored. The checker needs
/// nothing else.
struct History: Sendable {
    /// Somebody looked at a job.
    struct Sighting: Sendable {
        let job: String
        /// Nil when it was said to be unfinished.
        let ending: JobEnding?
    }

    /// A message of the responses topic.
    struct Response: Sendable {
        let job: String
        /// Nil when the message leaves the result out.
        let ending: JobEnding?
    }

    var submissions: [Submission] = []
    /// In the order in which they were made.
    var sightings: [Sighting] = []
    /// Jobs that were said not to exist after they had been promised.
    var denied: [String] = []
    var jobs: [StoredJob] = []
    var responses: [Response] = []
    /// Jobs whose end a worker's log says it has stored, once for each time.
    var storedEnds: [String] = []
    /// What is left in the outbox, for a person to read.
    var outbox: [String] = []
    /// When the broker last lost what it had, in seconds since 1970; nil when it never did.
    var brokerForgotAt: Double?
    /// Values that were sent as messages which nobody can read, whether the broker has confirmed them or not.
    var poison: Set<String> = []
    /// Those that it has confirmed, and when, in seconds since 1970.
    var poisonTaken: [String: Double] = [:]
    /// Values on the dead letter topic.
    var deadLetters: [String] = []
    /// Processes that ended though nobody had asked them to, for a person to read.
    var crashes: [String] = []
    /// Time from the death of a worker to each of its jobs running again, where nothing else was broken.
    var recoveries: [Recovery] = []

    struct Recovery: Sendable {
        let job: String
        /// Nil when it did not run again while it was watched.
        let time: Duration?
    }
}
