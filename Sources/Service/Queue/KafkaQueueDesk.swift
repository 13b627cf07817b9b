public import Domain
public import EventLoop
public import Kafka
public import Telemetry

/// The operators' side of the queue, over Kafka. Each call has clients of its own, which are gone when it ends: nobody
/// looks often, and a consumer that is kept would have to be looked after.
public struct KafkaQueueDesk: QueueDesk {
    private let loop: EventLoop
    private let blocking: BlockingThread
    private let configuration: KafkaConfiguration
    private let topics: QueueTopics
    private let group: String
    private let sending: KafkaDeadLetters.Sending
    private let metrics: QueueMetrics
    private let logger: Logger
    private let calls = Lock(0)

    /// Calls at a time; one more is refused.
    private static let maximumCalls = 4
    /// How long the brokers may be silent.
    private static let patience = Duration.seconds(3)
    /// How long a call may read or send.
    private static let limit = Duration.seconds(10)

    /// A desk whose clients live on `loop`; blocking calls go to `blocking`.
    public init(
        on loop: EventLoop, blocking: BlockingThread, _ configuration: KafkaConfiguration, topics: QueueTopics,
        group: String, sending: KafkaDeadLetters.Sending, metrics: QueueMetrics, logger: Logger
    ) {
        self.loop = loop
        self.blocking = blocking
        self.configuration = configuration.forGlances
        self.topics = topics
        self.group = group
        self.sending = sending
        self.metrics = metrics
        self.logger = logger
    }

    /// Reads the ends of the partitions.
    public func deadLetters(limit: Int, before marks: DeadLetterMarks?) async throws(QueueError) -> DeadLetterPage {
        try await withLetters(sending: nil) { letters, deadline throws(QueueError) in
            let page = try await letters.youngest(limit, before: marks) { MonotonicTime.now < deadline }
            if MonotonicTime.now >= deadline { throw .outOfTime }
            return page ?? DeadLetterPage(letters: [], next: nil)
        }
    }

    /// Reads one message.
    public func deadLetter(at place: DeadLetterPlace) async throws(QueueError) -> DeadLetterRecord? {
        try await withLetters(sending: nil) { letters, _ throws(QueueError) in
            try await letters.letter(at: place)
        }
    }

    /// Sends each message as soon as its letter was read, so that no more than one is held.
    public func redrive(_ places: [DeadLetterPlace]) async throws(QueueError) -> [DeadLetterPlace: Redriving] {
        try await withLetters(sending: sending) { letters, deadline throws(QueueError) in
            let wanted = Dictionary(grouping: places, by: \.partition).mapValues { $0.map(\.offset) }
            var outcomes: [DeadLetterPlace: Redriving] = [:]
            var isLate = false
            _ = try await letters.read { partition, present in
                guard let offsets = wanted[partition], let first = offsets.min(), let last = offsets.max() else {
                    return present.lowerBound..<present.lowerBound
                }
                return first..<last + 1
            } _: { letter in
                if wanted[letter.position.partition]?.contains(letter.position.offset) == true {
                    outcomes[letter.place] = await letters.redrive(letter)
                }
                isLate = MonotonicTime.now >= deadline
                return !isLate
            }
            for place in places where outcomes[place] == nil {
                outcomes[place] = isLate ? .failed(.outOfTime) : .unknown
            }
            return outcomes
        }
    }

    /// Asks the coordinator of the workers' group and the leaders of the topic's partitions.
    public func standing() async throws(QueueError) -> QueueStanding {
        let offsets = try await onLoop { () throws(QueueError) in
            do throws(KafkaError) {
                let reader = try KafkaTopicReader(
                    on: loop, blocking: blocking, configuration: configuration, group: group)
                let outcome: Result<[KafkaGroupOffsets], KafkaError>
                do throws(KafkaError) {
                    outcome = .success(
                        try await reader.groupOffsets(in: topics.requests.name, timeout: Self.patience))
                } catch {
                    outcome = error.isAboutMissingTopic ? .success([]) : .failure(error)
                }
                await reader.close()
                return try outcome.get()
            } catch {
                throw QueueError(error)
            }
        }
        return QueueStanding(
            topic: topics.requests.name, group: group,
            partitions: offsets.map { one in
                QueueStanding.Partition(
                    number: one.partition, end: one.present.upperBound, committed: one.committed, lag: one.lag)
            }, activity: metrics.activity)
    }

    // MARK: Parts

    private typealias Work<Value> =
        @Sendable (KafkaDeadLetters, _ deadline: MonotonicTime) async throws(QueueError) -> Value

    private func withLetters<Value: Sendable>(
        sending: KafkaDeadLetters.Sending?, _ body: @escaping Work<Value>
    ) async throws(QueueError) -> Value {
        try await onLoop { () throws(QueueError) in
            let deadline = MonotonicTime.now + Self.limit
            let letters = try await KafkaDeadLetters.open(
                on: loop, blocking: blocking, configuration, topic: topics.deadLetters.name,
                sending: sending, patience: Self.patience)
            let outcome: Result<Value, QueueError>
            do throws(QueueError) {
                outcome = .success(try await body(letters, deadline))
            } catch {
                outcome = .failure(error)
            }
            await letters.close()
            return try outcome.get()
        }
    }

    /// Goes on to its end when nobody waits for it any more; that is not long.
    private func onLoop<Value: Sendable>(
        _ body: @escaping @Sendable () async throws(QueueError) -> Value
    ) async throws(QueueError) -> Value {
        guard enter() else { throw QueueError("\(Self.maximumCalls) operators look at the queue already") }
        defer { calls.withLock { $0 -= 1 } }
        let task = loop.spawn { await Self.outcome(of: body) }
        guard case .success(let outcome) = await task.result else { preconditionFailure("the task throws nothing") }
        do throws(QueueError) {
            return try outcome.get()
        } catch {
            logger.warning("an operator's question was not answered by Kafka", ["reason": "\(error)"])
            throw error
        }
    }

    private static func outcome<Value>(
        of body: () async throws(QueueError) -> Value
    ) async -> Result<Value, QueueError> {
        do throws(QueueError) {
            return .success(try await body())
        } catch {
            return .failure(error)
        }
    }

    private func enter() -> Bool {
        calls.withLock { calls in
            guard calls < Self.maximumCalls else { return false }
            calls += 1
            return true
        }
    }
}

extension QueueError {
    fileprivate static let outOfTime = QueueError("there was no time left for it")
}

extension KafkaConfiguration {
    /// For clients that read a little and go: what is fetched ahead is bounded, and a broker that lets every fetch run
    /// out its time, as the embedded one does, has little of it.
    fileprivate var forGlances: KafkaConfiguration {
        var configuration = self
        configuration.extra["queued.max.messages.kbytes"] = "4096"
        configuration.extra["fetch.wait.max.ms"] = "50"
        return configuration
    }
}
