import Domain

/// A job that is to get a slot.
enum NextJob {
    /// Its turn has come.
    case waiting(WaitingJob)
    /// It was a lost worker's and goes before all others.
    case rescued(JobID)

    var id: JobID {
        switch self {
        case .waiting(let job): job.ticket.id
        case .rescued(let id): id
        }
    }

    /// Where the messages lie that brought it.
    var positions: [QueuePosition] {
        switch self {
        case .waiting(let job): job.positions
        case .rescued: []
        }
    }
}
