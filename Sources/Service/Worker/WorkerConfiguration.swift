public import Domain

/// How a worker goes about its jobs.
public struct WorkerConfiguration: Sendable {
    /// Jobs run at a time.
    public var concurrency = 32
    /// How long a job that was claimed ahead waits for a slot before it goes back to where others can have it.
    public var slotPatience = Duration.seconds(1)
    /// Bytes of data, as text, that jobs which are being done may hold, beyond those that come with their claims; a job
    /// with more is done alone. Of answers that are being stored about as much again: with more no further job begins.
    public var dataBytes = 16 << 20
    /// Messages read ahead and not begun; above it no more are taken, until half of them are gone.
    public var window = 20_000
    /// How long a job has to wait to go before one that is newer and more urgent by one step of priority.
    public var ageing = Duration.seconds(30)
    /// In which proportion clients share the slots.
    public var weights = ClientWeights()
    /// How long a hold lasts without a heartbeat: after a crash the job is free again that much later.
    public var lease = Duration.seconds(6)
    /// How often the holds are extended; well below half of `lease`.
    public var heartbeat = Duration.seconds(2)
    /// How often the worker looks whether its jobs were cancelled; a running model call goes on that long at most.
    public var holdCheck = Duration.milliseconds(400)
    /// Which failures are followed by another try.
    public var retries = RetryPolicy()
    /// Longest time a job may take, all tries and the pauses between them together.
    public var maximumProcessingTime = Duration.seconds(300)
    /// How often jobs of crashed workers are looked for.
    public var recoveryInterval = Duration.seconds(2)
    /// Names this worker in the database.
    public var owner: String

    /// The defaults named at each property.
    public init(owner: String) {
        self.owner = owner
    }
}
