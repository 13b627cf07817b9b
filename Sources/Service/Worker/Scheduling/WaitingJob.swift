import Domain

/// A ticket and the messages that brought it. A job may have been delivered more than once; its messages are
/// acknowledged together. One that was offered by this process may have none yet.
struct WaitingJob {
    let ticket: JobTicket
    var positions: [QueuePosition]
}
