import JSON
import TestSupport

/// A Kafka that several processes of a test share: `gigaoffice dev-broker`, or new names on the cluster that
/// `KAFKA_BOOTSTRAP_SERVERS` names. Either way it has nothing of what another one was told.
struct DevBroker: Sendable {
    /// What a service needs to use it.
    let settings: [String: String]
    /// The broker's process; nil on a shared cluster.
    let program: RunningProgram?

    var servers: String { settings["KAFKA_BOOTSTRAP_SERVERS", default: ""] }
    var requests: String { settings["KAFKA_TOPIC_REQUESTS", default: "gigaoffice-requests"] }
    var responses: String { settings["KAFKA_TOPIC_RESPONSES", default: "gigaoffice-responses"] }
    var deadLetters: String { settings["KAFKA_TOPIC_DLQ", default: "gigaoffice-dlq"] }
}

extension Site {
    /// Starts a broker that has nothing yet.
    func startBroker() async throws -> DevBroker {
        let shared = TestKafka.sharedSettings()
        if !shared.isEmpty { return DevBroker(settings: shared, program: nil) }
        let program = try start(["dev-broker"])
        let line = try await eventually("the broker's address") { () -> String? in
            try program.expectRunning()
            return program.output.contains("\n") ? program.output : nil
        }
        guard let servers = try JSONParser().parse(line)["bootstrap_servers"]?.stringValue else {
            throw Failure("no address in \(line)")
        }
        return DevBroker(settings: ["KAFKA_BOOTSTRAP_SERVERS": servers], program: program)
    }
}
