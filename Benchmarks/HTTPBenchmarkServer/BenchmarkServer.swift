import API
import EventLoop
import HTTPServer
import Telemetry

/// The real API on a real server, wired as the service does it, but with nothing behind it.
final class BenchmarkServer: Sendable {
    let address: SocketAddress
    private let server: HTTPServer
    private let watches: [LoopBound<JobWatch>]

    init(on group: EventLoopGroup, _ arguments: Arguments) async throws {
        let store = DiscardingJobStore()
        let logger = Logger(try LogSink(minimumLevel: .warning, format: .json))
        var watches: [LoopBound<JobWatch>] = []
        for loop in group.loops {
            watches.append(
                await loop.perform { LoopBound(JobWatch(on: loop, store: store, logger: logger), to: loop) })
        }
        let registry = MetricsRegistry(threads: group.loops.count, isEnabled: arguments.counts)
        let api = API(
            API.Dependencies(
                store: store, prompts: try await FixedPrompts.services(logger),
                access: AccessControl(adminKey: nil), health: FixedHealth(), watches: watches,
                queueLimit: QueueLimit(.max), onSubmit: {}, maximumRequestsInFlight: 10_000,
                allowedOrigins: ["*"], version: "benchmark", logger: logger,
                metrics: APIMetrics(registry, loops: group.loops.count)))
        self.watches = watches
        server = try await HTTPServer.bind(on: group, Self.configuration(arguments), handler: api.handler)
        address = server.address
    }

    private static func configuration(_ arguments: Arguments) -> ServerConfiguration {
        guard let address = SocketAddress(host: "127.0.0.1", port: arguments.port) else {
            preconditionFailure("the loopback address is one")
        }
        var configuration = ServerConfiguration(address: address)
        configuration.maximumConnections = arguments.maximumConnections
        configuration.maximumConnectionsPerClient = 0
        configuration.respondToError = API.respond(to:)
        return configuration
    }

    /// Serves until the task is cancelled.
    func run() async {
        await withDiscardingTaskGroup { group in
            for watch in watches {
                group.addTask(executorPreference: watch.loop) { await watch.value.run() }
            }
            await server.run()
            group.cancelAll()
        }
    }
}
