/// What a consumer tells its application, on the loop, in the middle of handling an event: be quick, do not suspend.
public struct KafkaConsumerHooks {
    /// Partitions were added. Messages of theirs come only afterwards.
    public var onAssigned: (Set<TopicPartition>) -> Void
    /// Partitions are being taken away; after the call no more messages of theirs come. What it returns
    /// is committed before another member gets them. With `isLost` they already belong to somebody
    /// else and nothing can be committed any more.
    public var onRevoked: (_ partitions: Set<TopicPartition>, _ isLost: Bool) -> [TopicPartition: KafkaCommit]
    /// A commit was answered, or could not be sent: whether it took effect.
    public var onCommitted: (Bool) -> Void
    /// Something failed that the library goes on trying, or a commit nobody waits for failed. A fatal error also
    /// ends `next`.
    public var onError: (KafkaError) -> Void

    /// Hooks that do nothing where nothing is given.
    public init(
        onAssigned: @escaping (Set<TopicPartition>) -> Void = { _ in },
        onRevoked: @escaping (_ partitions: Set<TopicPartition>, _ isLost: Bool) -> [TopicPartition: KafkaCommit] = {
            _, _ in
            [:]
        },
        onCommitted: @escaping (Bool) -> Void = { _ in },
        onError: @escaping (KafkaError) -> Void = { _ in }
    ) {
        self.onAssigned = onAssigned
        self.onRevoked = onRevoked
        self.onCommitted = onCommitted
        self.onError = onError
    }
}
