import EventLoop
import Foundation
import JSON
import Kafka
import TestSupport

/// A Kafka application beside the service: puts jobs and unreadable messages into the requests topic, and reads the
/// responses and the dead letters. After the broker has lost its log it sends the jobs again that it has seen no end
/// of, as one that wants its answers would.
final class OutsideApplication: Sendable {
    private let broker: Broker
    private let settings: CampaignSettings
    private let numbers: NumberSequence
    private let journal: Journal
    private let state = Lock(State())

    private struct State {
        /// Jobs that were sent, or may have been, by their ids, until a response was read.
        var open: [String: Payload] = [:]
        var poisonCount = 0
        var answered: Set<String> = []
        /// After how many losses of the broker everything open was last sent again.
        var isSentAfter = 0
        /// Where messages that were read lie, with the number of losses before them.
        var read: Set<String> = []
    }

    init(_ broker: Broker, _ settings: CampaignSettings, numbers: NumberSequence, journal: Journal) {
        self.broker = broker
        self.settings = settings
        self.numbers = numbers
        self.journal = journal
    }

    /// Jobs of which a response was read.
    var answered: Set<String> { state.withLock { $0.answered } }

    /// Whether the broker has been told of every job that it may have forgotten.
    var hasCaughtUp: Bool { state.withLock { $0.isSentAfter } == broker.lossCount }

    /// Sends until `isOver` says so, and reads until the task is cancelled.
    func run(until isOver: @escaping @Sendable () -> Bool) async {
        while !Task.isCancelled {
            let losses = broker.lossCount
            do {
                try await KafkaOutsider.with(broker.servers, reading: [broker.responses, broker.deadLetters]) {
                    try await self.session($0, losses, until: isOver)
                }
            } catch {
                journal.note("outsider", [("trouble", .string("\(error)"))])
            }
            do {
                try await Task.sleep(for: .milliseconds(200))
            } catch {
                return
            }
        }
    }

    /// Ends when the broker has lost its log, and what its clients know of it is worth nothing.
    private func session(_ outsider: KafkaOutsider, _ losses: Int, until isOver: @Sendable () -> Bool) async throws {
        var read: [String: Int] = [:]
        for (id, payload) in state.withLock({ $0.open }) { try await send(payload, id, outsider) }
        state.withLock { $0.isSentAfter = losses }
        while broker.lossCount == losses {
            try Task.checkCancellation()
            try take(outsider, &read, losses)
            if !isOver() { try await sendSomething(outsider) }
            try await Task.sleep(for: .milliseconds(Int(2000 / settings.rate).clamped(to: 50...5000)))
        }
        try take(outsider, &read, losses)
    }

    // MARK: Sending

    private func sendSomething(_ outsider: KafkaOutsider) async throws {
        let number = numbers.next()
        if number.isMultiple(of: 17) { return try await sendPoison(number, outsider) }
        let id = UUID().uuidString.lowercased()
        let payload = Payload(number, seed: settings.seed)
        journal.begin(Submission(payload, .message(id: id)))
        state.withLock { $0.open[id] = payload }
        try await send(payload, id, outsider)
    }

    private func send(_ payload: Payload, _ id: String, _ outsider: KafkaOutsider) async throws {
        do {
            let partition = Int32(payload.number % 4)
            let losses = broker.lossCount
            try await outsider.send(
                payload.message(id: id), key: id, to: broker.requests, partition: partition)
            // A promise of the broker that has just lost everything is none.
            if broker.lossCount == losses { journal.promised(payload.number, id) }
        } catch {
            journal.unknown(payload.number, "\(error)")
            throw error
        }
    }

    private func sendPoison(_ number: Int, _ outsider: KafkaOutsider) async throws {
        let value = "{\"query\": unreadable \(settings.seed) \(number)"
        // Even one that was not acknowledged may arrive; then it is no stranger among the dead letters.
        journal.add("poison", [("value", .string(value))]) { $0.poison.insert(value) }
        try await outsider.send(Array(value.utf8), to: broker.requests, partition: Int32(number % 4))
        let time = Date.now.timeIntervalSince1970
        journal.add("poison taken", [("value", .string(value))]) { $0.poisonTaken[value] = time }
    }

    // MARK: Reading

    /// Takes what has come since the last look. What an earlier session has read is left out.
    private func take(_ outsider: KafkaOutsider, _ read: inout [String: Int], _ losses: Int) throws {
        for topic in [broker.responses, broker.deadLetters] {
            let messages = outsider.messages(of: topic).dropFirst(read[topic, default: 0])
            read[topic, default: 0] += messages.count
            for message in messages {
                let place = "\(losses)/\(topic)/\(message.partition)/\(message.offset)"
                guard state.withLock({ $0.read.insert(place).inserted }) else { continue }
                let value = try JSONParser().parse(message.value ?? [])
                if topic == broker.responses { takeResponse(value) } else { takeDeadLetter(value) }
            }
        }
    }

    private func takeResponse(_ value: JSONValue) {
        let job = value["request_id"]?.stringValue ?? ""
        let ending = JobEnding(response: value)
        state.withLock { state in
            state.open[job] = nil
            state.answered.insert(job)
        }
        journal.add("response", [("job", .string(job)), ("status", value["status"] ?? .null)]) {
            $0.responses.append(.init(job: job, ending: ending))
        }
    }

    private func takeDeadLetter(_ value: JSONValue) {
        let original = value["original_value"]?.stringValue ?? value.description
        journal.add("dead letter", [("value", value)]) { $0.deadLetters.append(original) }
    }
}

extension Comparable {
    fileprivate func clamped(to range: ClosedRange<Self>) -> Self {
        min(max(self, range.lowerBound), range.upperBound)
    }
}
