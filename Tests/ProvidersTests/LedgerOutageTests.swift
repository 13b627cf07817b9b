import Domain
import EventLoop
import Foundation
import Telemetry
import TestSupport
import Testing

@testable import Providers

@Suite("A ledger that is away")
struct LedgerOutageTests {
    private final class AwayLedger: CapacityLedger {
        func exchange(
            _ wishes: [CapacityWish], owner: String, lease: Duration
        ) async throws(StoreError) -> [CapacityGrant] {
            throw .unavailable("no database")
        }

        func withdraw(owner: String) async throws(StoreError) { throw .unavailable("no database") }
    }

    /// The lines of the log that `body` writes.
    private static func lines(_ body: (Logger) async throws -> Void) async throws -> [String] {
        let file = FileManager.default.temporaryDirectory.appending(path: "outage-\(UUID().uuidString).log")
        defer {
            do { try FileManager.default.removeItem(at: file) } catch { Issue.record(error) }
        }
        let sink = try LogSink(minimumLevel: .debug, format: .json, file: file.path)
        try await body(Logger(sink))
        sink.close()
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n").map(String.init)
    }

    @Test("an outage is told once at its beginning and once at its end, a flapping one only once in half a minute")
    func once() async throws {
        let start = MonotonicTime(nanoseconds: 0)
        let lines = try await Self.lines { logger in
            var outage = LedgerOutage(logger)
            outage.ended(at: start)
            for second in 0..<5 { outage.failed(.unavailable("away"), at: start + .seconds(second)) }
            outage.ended(at: start + .seconds(7))
            for second in 8..<20 {
                outage.failed(.unavailable("away"), at: start + .seconds(second))
                outage.ended(at: start + .seconds(second))
            }
            outage.failed(.unavailable("away"), at: start + .seconds(31))
        }
        #expect(lines.count == 3)
        #expect(lines[0].contains("cannot be exchanged") && lines[0].contains("away"))
        #expect(lines[1].contains("exchanged again") && lines[1].contains("7"))
        #expect(lines[2].contains("cannot be exchanged"))
    }

    @Test("a keeper tells that its ledger does not answer", .timeLimit(.minutes(10)))
    func keeper() async throws {
        let lines = try await Self.lines { logger in
            try await onLoop { loop in
                let gate = ProviderGate("r", limit: CapacityLimit(slots: 1))
                let keeper = GateKeeper(on: loop, gates: [gate], ledger: AwayLedger(), owner: "o", logger: logger)
                let running = loop.spawn { await keeper.run(on: loop) }
                await #expect(throws: ModelFailure.self) {
                    _ = try await gate.enter(client: "c", within: .milliseconds(200))
                }
                running.cancel()
                _ = await running.result
            }
        }
        #expect(lines.count == 1 && lines[0].contains("no database"))
    }
}
