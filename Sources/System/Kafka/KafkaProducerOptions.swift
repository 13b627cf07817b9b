/// How a producer trades latency, memory and patience.
public struct KafkaProducerOptions: Sendable {
    /// How long a record may take from `send` to acknowledgement, retries included. Expiry is noticed within about
    /// a second more. Default 30 s.
    public var deliveryTimeout: Duration
    /// How long a record waits for company in its batch. Default 1 ms.
    public var linger: Duration
    /// Records that may wait for delivery at a time; more fail with `KafkaError.queueFull`. Default 100 000.
    public var maxPendingRecords: Int
    /// Bytes that may wait for delivery, in KiB. Default 64 MiB.
    public var maxPendingKibibytes: Int
    /// Where records go that name no partition. Default `byKey`. A `partitioner` in `KafkaConfiguration.extra` counts
    /// more than `bySend`.
    public var partitioning: Partitioning
    /// The largest record that is accepted, in bytes; brokers have a limit of their own. Default 1 000 000.
    public var maxRecordBytes: Int

    /// Takes the defaults where nothing is given.
    public init(
        deliveryTimeout: Duration = .seconds(30),
        linger: Duration = .milliseconds(1),
        maxPendingRecords: Int = 100_000,
        maxPendingKibibytes: Int = 65_536,
        maxRecordBytes: Int = 1_000_000,
        partitioning: Partitioning = .byKey
    ) {
        self.deliveryTimeout = deliveryTimeout
        self.linger = linger
        self.maxPendingRecords = maxPendingRecords
        self.maxPendingKibibytes = maxPendingKibibytes
        self.maxRecordBytes = maxRecordBytes
        self.partitioning = partitioning
    }

    /// What a caller may replace through `KafkaConfiguration.extra`.
    static let defaults = Defaults.common + [("partitioner", "murmur2_random"), ("compression.type", "lz4")]

    var settings: [(key: String, value: String)] {
        [
            ("enable.idempotence", "true"), ("acks", "all"),
            // Zero would mean for ever.
            ("message.timeout.ms", String(max(1, deliveryTimeout.cMilliseconds))),
            ("linger.ms", String(linger.cMilliseconds)),
            ("queue.buffering.max.messages", String(maxPendingRecords)),
            ("queue.buffering.max.kbytes", String(maxPendingKibibytes)),
            ("message.max.bytes", String(maxRecordBytes)),
        ]
    }
}

/// Settings for a service that should be back soon after its brokers are.
enum Defaults {
    static let common: [(key: String, value: String)] = [
        ("reconnect.backoff.max.ms", "2000"), ("socket.keepalive.enable", "true"),
        // Else a small request waits for the acknowledgement of the one before it, which peers delay by 40 ms.
        ("socket.nagle.disable", "true"),
    ]
}
