import EventLoop
import Kafka

extension KafkaJobSource {
    /// How long a broker may take to show a message.
    private static let patience = Duration.seconds(2)

    /// Looks, after each assignment and every `interval`, whether the partitions that the worker reads still have the
    /// logs that it has begun, until the source is closed or the task is cancelled. Those that have another one are
    /// read from the beginning. Nothing is committed for a partition that was not looked at yet.
    public func watchLogs(every interval: Duration) async {
        while !Task.isCancelled, consumer != nil {
            do throws(KafkaError) {
                try await checkLogs()
            } catch {
                onError(error)
            }
            await assignments.wait(atMost: interval)
        }
        await logReader?.close()
        logReader = nil
    }

    private func checkLogs() async throws(KafkaError) {
        guard let consumer else { return }
        try await learn(from: consumer)
        let logs = try await logs(of: consumer)
        try await recognise(logs)
        try await rewind(in: logs)
    }

    /// Asks what the group has committed for partitions that are new.
    private func learn(from consumer: KafkaConsumer) async throws(KafkaError) {
        let passes = readings.filter { $0.value.isLearning }.mapValues(\.pass)
        guard !passes.isEmpty else { return }
        let commits = try await consumer.committed(Set(passes.keys.map { place($0) }))
        for (partition, pass) in passes where readings[partition]?.pass == pass {
            readings[partition]?.learn(commits[place(partition)])
        }
        planCommit()
    }

    private func logs(of consumer: KafkaConsumer) async throws(KafkaError) -> [Int32: Range<Int64>] {
        var logs: [Int32: Range<Int64>] = [:]
        for partition in readings.keys.sorted() {
            let (low, high) = try await consumer.watermarks(place(partition), timeout: Self.patience)
            logs[partition] = low..<max(low, high)
        }
        return logs
    }

    private func recognise(_ logs: [Int32: Range<Int64>]) async throws(KafkaError) {
        let questions = readings.compactMapValues(\.question)
        let offsets = questions.mapValues(\.mark.offset).filter { logs[$0.key]?.contains($0.value) ?? false }
        let found = try await messages(at: offsets)
        for (partition, question) in questions {
            guard let log = logs[partition] else { continue }
            let finding = LogFinding(question.mark, in: log, found: found[partition])
            guard readings[partition]?.answer(question, finding) == true else { continue }
            metrics.lostLog()
            onLogLost(partition)
        }
    }

    /// Again at each look until the first message has come: a seek may fail for reasons of the moment.
    private func rewind(in logs: [Int32: Range<Int64>]) async throws(KafkaError) {
        let rewinding = logs.filter { readings[$0.key]?.isRewinding ?? false }
        guard !rewinding.isEmpty else { return }
        let firsts = try await messages(at: rewinding.filter { !$0.value.isEmpty }.mapValues(\.lowerBound))
        var targets: [TopicPartition: Int64] = [:]
        for (partition, log) in rewinding where readings[partition] != nil {
            let offset = firsts[partition]?.offset ?? log.lowerBound
            readings[partition]?.rewind(to: offset)
            targets[place(partition)] = offset
        }
        consumer?.seek(to: targets)
        planCommit()
    }

    private func messages(at offsets: [Int32: Int64]) async throws(KafkaError) -> [Int32: KafkaMessage] {
        guard !offsets.isEmpty else { return [:] }
        let reader: KafkaTopicReader
        if let logReader {
            reader = logReader
        } else {
            reader = try makeLogReader()
            logReader = reader
        }
        let places = Dictionary(uniqueKeysWithValues: offsets.map { (place($0.key), $0.value) })
        let found = try await reader.messages(at: places, patience: Self.patience)
        return Dictionary(uniqueKeysWithValues: found.map { ($0.key.partition, $0.value) })
    }
}
