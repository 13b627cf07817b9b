import EventLoop
import JSON
import Kafka

/// `gigaoffice dev-broker`.
struct DevBrokerCommand {
    private let options: DevBrokerOptions

    init(_ options: DevBrokerOptions) {
        self.options = options
    }

    func run() -> ExitCode {
        let kafka = Configuration.Kafka()
        let partitions = options.partitions
        return LoopProgram(loopCount: 1).run { context in
            do {
                let broker = try await context.kafkaBlocking.run {
                    let broker = try EmbeddedBroker()
                    for topic in [kafka.requests, kafka.responses, kafka.deadLetters] {
                        try broker.createTopic(topic.name, partitions: partitions)
                    }
                    return broker
                }
                let line = JSONWriter.object { $0.field("bootstrap_servers", broker.bootstrapServers) }
                Terminal.say(String(decoding: line, as: UTF8.self))
                await context.stop.wait()
                try await context.kafkaBlocking.run { broker.close() }
                return .success
            } catch {
                Terminal.complain("gigaoffice: \(error)")
                return .software
            }
        }
    }
}
