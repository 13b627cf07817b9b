import Domain

extension Configuration {
    /// Jobs: concurrency, leases, limits.
    struct Worker: Sendable, Equatable {
        /// Jobs that one process runs at once.
        var concurrency = 32
        /// Messages that one process reads ahead of the jobs it runs.
        var window = 20_000
        /// How long a job waits to go before one that is newer and more urgent by one step of priority.
        var ageing = Duration.milliseconds(30_000)
        /// In which proportion clients share the slots.
        var weights = ClientWeights()
        /// How long a job stays its worker's without a sign of life.
        var lease = Duration.milliseconds(6_000)
        /// The time between two signs of life; less than half a lease, so that one may be lost.
        var heartbeat = Duration.milliseconds(2_000)
        /// Unfinished jobs over all instances; more are turned away.
        var maxQueueSize = 10_000
        /// Days after which a job that has ended is deleted.
        var retentionDays = 30
        /// One job's whole processing, with its retries; a longer one fails.
        var maxProcessingTime = Duration.seconds(300)
        /// The time between two searches for lost jobs.
        var reconcileInterval = Duration.milliseconds(2_000)
        /// The time between two looks at the outbox when nobody rings.
        var outboxPoll = Duration.milliseconds(1_000)
        /// Whether simple sums in answers are computed again, and results compared with the range asked for.
        var checksResults = true
        /// Whether jobs that ask a model the same at the same time share one call.
        var coalescesIdentical = false
    }
}
