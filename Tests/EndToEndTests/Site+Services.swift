import JSON
import TestSupport

/// Which side of the service a process runs.
enum Role: String {
    case all, api, worker
}

extension Site {
    /// The broker inside the service's process, also where there is a shared cluster; for tests of what it forgets.
    static let embeddedBroker = ["KAFKA_BOOTSTRAP_SERVERS": ""]

    /// Settings that make for short tests.
    private static let quick = [
        "HOST": "127.0.0.1", "PORT": "0", "LOG_FORMAT": "json", "HTTP_LOOPS": "2", "DRYRUN_DELAY_MS": "20",
        "RECONCILE_INTERVAL_MS": "500", "OUTBOX_POLL_MS": "200", "RATE_LIMIT_PROCESS": "0", "RATE_LIMIT_CLASSIFY": "0",
    ]

    /// Starts a service without waiting for anything.
    func launch(_ role: Role, _ settings: [String: String]) throws -> RunningProgram {
        let all = [Self.quick, sharedKafka, settings].reduce(into: [:]) { $0.merge($1) { _, new in new } }
        return try start(["serve", "--role", role.rawValue], all)
    }

    /// Starts a service, and waits until it answers requests.
    func serve(_ role: Role = .all, _ settings: [String: String] = [:]) async throws -> Service {
        let program = try launch(role, settings)
        let line = try await program.logged("listening")
        guard let port = line["address"]?.stringValue.flatMap({ UInt16($0.split(separator: ":").last ?? "") }) else {
            throw Failure("no port in \(line)")
        }
        return Service(program: program, client: PlainClient(port: port))
    }

    /// Starts a worker.
    @discardableResult
    func work(_ settings: [String: String] = [:]) async throws -> RunningProgram {
        let program = try launch(.worker, settings)
        _ = try await program.logged("ready")
        return program
    }
}
