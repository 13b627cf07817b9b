extension SettingTable {
    static let worker = SettingGroup(
        "Jobs",
        [
            Setting(
                "WORKER_CONCURRENCY", \.worker.concurrency, .wholeNumber(1...1_024),
                "Jobs that one process runs at once."),
            Setting(
                "WORKER_WINDOW", \.worker.window, .wholeNumber(100...1_000_000),
                "Messages that one process reads ahead, to choose among them whose turn it is."),
            Setting(
                "PRIORITY_AGEING_MS", \.worker.ageing, .milliseconds(1...86_400_000),
                "The wait that makes up for one step of priority; the same for all processes."),
            Setting(
                "CLIENT_WEIGHTS", \.worker.weights, .weights,
                "In which proportion clients share the slots, where it is not 1; the same for all processes."),
            Setting(
                "JOB_LEASE_MS", \.worker.lease, .milliseconds(500...600_000),
                "How long a job stays its worker's without a sign of life."),
            Setting(
                "JOB_HEARTBEAT_MS", \.worker.heartbeat, .milliseconds(100...300_000),
                "The time between two signs of life; less than half of JOB_LEASE_MS."),
            Setting(
                "MAX_QUEUE_SIZE", \.worker.maxQueueSize, .wholeNumber(1...10_000_000),
                "Unfinished jobs over all instances; more are turned away."),
            Setting(
                "MAX_PROCESSING_TIME", \.worker.maxProcessingTime, .seconds(1...86_400),
                "One job's whole processing, with its retries; a longer one fails."),
            Setting(
                "RETENTION_DAYS", \.worker.retentionDays, .wholeNumber(1...36_500),
                "Days after which a job that has ended is deleted."),
            Setting(
                "RECONCILE_INTERVAL_MS", \.worker.reconcileInterval, .milliseconds(100...600_000),
                "The time between two searches for lost jobs."),
            Setting(
                "OUTBOX_POLL_MS", \.worker.outboxPoll, .milliseconds(10...60_000),
                "The time between two looks at the outbox when nothing rings."),
            Setting(
                "RESULT_CHECKS", \.worker.checksResults, .flag,
                "Whether simple sums in answers are computed again; what differs becomes a warning."
            ),
            Setting(
                "COALESCE_IDENTICAL", \.worker.coalescesIdentical, .flag,
                "Whether jobs of a process that ask a model the same at the same time share one call and its answer."),
        ]
    )
}
