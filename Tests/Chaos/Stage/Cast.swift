import EventLoop
import Foundation
import JSON
import TestSupport

/// All processes of a campaign: two APIs, two workers, PostgreSQL and the broker.
struct Cast: Sendable {
    let apis: [SupervisedProcess]
    let workers: [SupervisedProcess]
    let ports: [UInt16]
    let broker: Broker
    let database: DatabaseServer

    private static let common = [
        "HOST": "127.0.0.1", "LOG_FORMAT": "json", "HTTP_LOOPS": "1", "DB_CONNECTIONS_PER_LOOP": "1",
        "DRAIN_TIMEOUT_MS": "1000", "WORKER_CONCURRENCY": "32", "RATE_LIMIT_PROCESS": "0",
    ]
    /// Milliseconds that a question takes with each worker: long enough to be interrupted, and short enough that
    /// either of the two can keep up with the load alone.
    private static let delays = ["500", "1000"]

    /// Starts everything and waits until it is ready. `loop` is where the proxy and the queries run.
    static func start(_ settings: CampaignSettings, on loop: EventLoop, resolver: BlockingThread) async throws -> Cast {
        let broker = try await Broker.open(folder: settings.folder, on: loop)
        let shared = [common, ["LOG_LEVEL": settings.logLevel], settings.database, broker.settings].reduce(into: [:]) {
            $0.merge($1) { _, new in new }
        }
        let ports = [try FreePort.find(), try FreePort.find()]
        let apis = ports.enumerated().map { index, port in
            SupervisedProcess(
                "api-\(index + 1)", ["serve", "--role", "api"], shared.merging(["PORT": String(port)]) { $1 },
                folder: settings.folder)
        }
        let workers = delays.enumerated().map { index, delay in
            SupervisedProcess(
                "worker-\(index + 1)", ["serve", "--role", "worker"],
                shared.merging(["DRYRUN_DELAY_MS": delay]) { $1 }, folder: settings.folder)
        }
        let cast = Cast(
            apis: apis, workers: workers, ports: ports, broker: broker,
            database: DatabaseServer(settings, on: loop, resolver: resolver))
        for process in apis + workers {
            _ = try await process.start().logged("ready", within: .seconds(90))
        }
        return cast
    }

    /// Starts again whatever has ended unasked, until the task is cancelled. That the broker has is no crash of ours:
    /// librdkafka's mock cluster aborts at surprises, such as a member that joins anew while its answer is due.
    func supervise(_ journal: Journal) async throws {
        while true {
            for process in apis + workers {
                guard let ending = process.unexpectedEnding() else { continue }
                let file = process.logFiles.last ?? ""
                let text = "\(process.name) has ended by itself: \(ending); see \(file)\n    \(try process.lastWords())"
                journal.add("crash", [("detail", .string(text))]) { $0.crashes.append(text) }
                try process.start()
            }
            if let process = broker.process, let ending = process.unexpectedEnding() {
                let text = "\(ending): \(try process.lastWords())"
                journal.note("the broker has ended by itself", [("detail", .string(text))])
                try await restartBroker(journal)
            }
            try await Task.sleep(for: .milliseconds(200))
        }
    }

    /// Starts the broker anew, without its log.
    func restartBroker(_ journal: Journal) async throws {
        try await broker.restart()
        let time = Date.now.timeIntervalSince1970
        journal.add("the broker has lost its log", []) { $0.brokerForgotAt = time }
    }

    /// Stops the services in order; says which did not end as they should.
    func stop() async throws -> [String] {
        var wrong: [String] = []
        for process in apis + workers {
            if let text = try await process.stop() { wrong.append(text) }
        }
        return wrong
    }

    /// What workers have written about each job whose end they have stored.
    func storedEnds() throws -> [(job: String, refused: Bool)] {
        var ends: [(String, Bool)] = []
        for file in workers.flatMap(\.logFiles) {
            let text = String(decoding: try Data(contentsOf: URL(filePath: file)), as: UTF8.self)
            for line in text.split(separator: "\n") {
                let isEnd = line.contains(#""job completed""#) || line.contains(#""job failed""#)
                let isRefused = line.contains(#""a late result was refused""#)
                guard isEnd || isRefused, let job = line.firstMatch(of: /"job":"([0-9a-f-]+)"/)?.1 else { continue }
                ends.append((String(job), isRefused))
            }
        }
        return ends
    }
}
