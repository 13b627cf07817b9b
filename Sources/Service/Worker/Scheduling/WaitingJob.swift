import Domain

/// A ticket and the messages that brought it. A job may have been delivered more than once; its messages are
/// acknowledged together.
struct WaitingJob {
    let ticket: JobTicket
    var positions: [QueuePosition]
}
