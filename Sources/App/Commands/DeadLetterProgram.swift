import Domain
import EventLoop
import Kafka
import Queue

/// Runs a command that works on the dead letter topic.
struct DeadLetterProgram {
    let environmentFile: String?

    /// Runs `body` with the topic. What Kafka says goes to standard error.
    func run(_ body: @escaping @Sendable (KafkaDeadLetters) async throws(QueueError) -> ExitCode) -> ExitCode {
        let loaded = ConfigurationLoader.load(.read(environmentFile: environmentFile))
        guard case .success(let configuration) = loaded.outcome else { return refuse(loaded) }
        guard !configuration.kafka.usesEmbeddedBroker else {
            Terminal.complain(
                "gigaoffice: the embedded broker's dead letters are seen by its own process only; "
                    + "set KAFKA_BOOTSTRAP_SERVERS")
            return .configuration
        }
        let kafka = configuration.kafka
        return LoopProgram(loopCount: 1).run { context in
            do throws(QueueError) {
                let servers = kafka.servers.map(\.description).joined(separator: ",")
                let letters = try await KafkaDeadLetters.open(
                    on: context.mainLoop, blocking: context.kafkaBlocking,
                    KafkaConfiguration(kafka, servers: servers), topic: kafka.deadLetters.name,
                    sending: .redriving(kafka))
                return await use(letters, body)
            } catch {
                return fail(error)
            }
        }
    }

    /// Hands every letter to `take`, until that returns false. Where there is no topic there are no letters: it says
    /// so.
    static func read(
        _ letters: KafkaDeadLetters, _ take: (DeadLetterRecord) async -> Bool
    ) async throws(QueueError) {
        if try await !letters.read(take) { sayThatNoTopicIsThere(letters) }
    }

    static func sayThatNoTopicIsThere(_ letters: KafkaDeadLetters) {
        Terminal.complain("gigaoffice: there is no topic \(letters.topic) yet, and no dead letter")
    }

    private func use(
        _ letters: KafkaDeadLetters, _ body: (KafkaDeadLetters) async throws(QueueError) -> ExitCode
    ) async -> ExitCode {
        let code: ExitCode
        do throws(QueueError) {
            code = try await body(letters)
        } catch {
            code = fail(error)
        }
        await letters.close()
        return code
    }

    private func fail(_ error: QueueError) -> ExitCode {
        Terminal.complain("gigaoffice: \(error)")
        return .unavailable
    }
}
