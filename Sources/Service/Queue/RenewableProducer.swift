public import Kafka

/// The producer in use. An idempotent producer fails for good when the brokers have lost sight of it, for which a
/// restart of theirs is enough (KIP-98, librdkafka's "fatal errors"); a new one then takes its place. What was under
/// way is reported as failed and may have been stored: publishing it again does no harm.
///
/// Lives on one loop.
public final class RenewableProducer {
    /// Makes a producer.
    public typealias Maker = () throws(KafkaError) -> KafkaProducer

    private let make: Maker
    private let onRenewal: (KafkaError) -> Void
    private var isClosed = false
    /// The producer that works now.
    public private(set) var current: KafkaProducer

    /// Makes the first producer. `onRenewal` hears why a later one was needed.
    public init(onRenewal: @escaping (KafkaError) -> Void, _ make: @escaping Maker) throws(KafkaError) {
        self.make = make
        self.onRenewal = onRenewal
        current = try make()
    }

    /// Sends all records, then waits for all; outcomes in order.
    public func send(_ records: [KafkaRecord]) async -> [Result<KafkaPosition, KafkaError>] {
        let producer = current
        let outcomes = await producer.send(records)
        if let failure = producer.failure ?? outcomes.firstFatalError { await replace(producer, failure) }
        return outcomes
    }

    /// Sends what is under way, at most for `flushTimeout`, and closes. Returns how many records were given up.
    public func close(flushTimeout: Duration) async -> Int {
        isClosed = true
        return await current.close(flushTimeout: flushTimeout)
    }

    /// Whoever notices the failure first replaces the producer; when that is not possible the next one tries.
    private func replace(_ failed: KafkaProducer, _ failure: KafkaError) async {
        guard current === failed, !isClosed else { return }
        do throws(KafkaError) {
            current = try make()
            onRenewal(failure)
        } catch {
            return
        }
        await failed.close(flushTimeout: .zero)
    }
}

extension [Result<KafkaPosition, KafkaError>] {
    /// The failure of the whole producer among the outcomes of single records.
    fileprivate var firstFatalError: KafkaError? {
        for case .failure(.fatal(let fault)) in self { return .fatal(fault) }
        return nil
    }
}
