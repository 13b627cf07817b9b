import EventLoop
import Foundation
import Glibc
import JSON
import TestSupport

/// The broker that everybody in the campaign uses, behind a proxy: `gigaoffice dev-broker`, or the cluster that
/// `KAFKA_BOOTSTRAP_SERVERS` names.
final class Broker: Sendable {
    /// What a service needs to use it.
    let settings: [String: String]
    /// The broker's process; nil on a real cluster, which is not ours to kill.
    let process: SupervisedProcess?
    /// Nil when the cluster is not a single broker of this machine: its addresses cannot be the proxy's.
    private let proxy: BrokerProxy?
    private let losses = Lock(0)

    private init(_ settings: [String: String], _ process: SupervisedProcess?, _ proxy: BrokerProxy?) {
        self.settings = settings
        self.process = process
        self.proxy = proxy
    }

    /// Starts the broker and the proxy, which runs on `loop`.
    static func open(folder: String, on loop: EventLoop) async throws -> Broker {
        var settings = TestKafka.sharedSettings()
        if let servers = settings["KAFKA_BOOTSTRAP_SERVERS"] {
            guard let port = localPort(servers) else { return Broker(settings, nil, nil) }
            let proxy = try await BrokerProxy.open(to: port, on: loop)
            settings["KAFKA_BOOTSTRAP_SERVERS"] = proxy.address
            return Broker(settings, nil, proxy)
        }
        let process = SupervisedProcess("broker", ["dev-broker"], allocation, folder: folder)
        let proxy = try await BrokerProxy.open(to: try await start(process), on: loop)
        return Broker(["KAFKA_BOOTSTRAP_SERVERS": proxy.address], process, proxy)
    }

    /// librdkafka's mock cluster names a member by the address of its record, which a later member may get when an
    /// earlier one was taken for dead. Should that come back, two have one name, and the cluster aborts, or a member
    /// does that is told to lead a group of nobody (librdkafka 2.0.2). Freed records stay in glibc's cache of the
    /// thread with this; `calloc`, which makes them, takes none from there.
    private static let allocation = ["GLIBC_TUNABLES": "glibc.malloc.tcache_count=65535"]

    private static func localPort(_ servers: String) -> UInt16? {
        let parts = servers.split(separator: ":")
        guard parts.count == 2, ["127.0.0.1", "localhost"].contains(parts[0]) else { return nil }
        return UInt16(parts[1])
    }

    /// Starts the broker's process and returns its port.
    private static func start(_ process: SupervisedProcess) async throws -> UInt16 {
        let program = try process.start()
        let line = try await eventually("the broker's address") { () -> String? in
            try program.expectRunning()
            return program.output.contains("\n") ? program.output : nil
        }
        guard let servers = try JSONParser().parse(line)["bootstrap_servers"]?.stringValue,
            let port = localPort(servers)
        else { throw Failure("no address in \(line)") }
        return port
    }

    var servers: String { settings["KAFKA_BOOTSTRAP_SERVERS", default: ""] }
    var requests: String { settings["KAFKA_TOPIC_REQUESTS", default: "gigaoffice-requests"] }
    var responses: String { settings["KAFKA_TOPIC_RESPONSES", default: "gigaoffice-responses"] }
    var deadLetters: String { settings["KAFKA_TOPIC_DLQ", default: "gigaoffice-dlq"] }

    /// Whether the way to the broker can be cut.
    var canBeCut: Bool { proxy != nil }
    /// How often it has lost all it had.
    var lossCount: Int { losses.withLock { $0 } }

    /// Breaks all connections until `restore`.
    func cut() async { await proxy?.cut() }

    /// Lets connections through again.
    func restore() async { await proxy?.restore() }

    /// Starts it again after its end; it has nothing of what it was told before.
    func restart() async throws {
        guard let process else { return }
        // Two may have noticed its end at once, and each starts it.
        try await process.kill()
        await proxy?.redirect(to: try await Self.start(process))
        losses.withLock { $0 += 1 }
    }
}
