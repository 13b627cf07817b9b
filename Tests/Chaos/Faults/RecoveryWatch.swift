import EventLoop
import Foundation
import JSON
import TestSupport

/// Measures how long the jobs of a killed worker take to run again.
struct RecoveryWatch: Sendable {
    let database: DatabaseServer
    let journal: Journal
    private static let limit = Duration.seconds(20)

    /// Watches the jobs that the worker with this process id held when it died, now.
    func watch(pid: Int32) async throws {
        let death = ContinuousClock.now
        let held = try await database.rows(
            """
            SELECT id, fencing_token AS token FROM ai_requests
            WHERE status = 'processing' AND lease_owner LIKE '%:\(pid):%'
            """)
        var open = Dictionary(held.map { ($0["id"]?.stringValue ?? "", $0["token"]?.intValue ?? 0) }) { $1 }
        journal.note("held by the dead", [("pid", .integer(Int(pid))), ("jobs", .integer(open.count))])
        while !open.isEmpty, ContinuousClock.now - death < Self.limit {
            let list = open.keys.map { "'\($0)'" }.joined(separator: ",")
            let rows = try await database.rows(
                "SELECT id, fencing_token AS token FROM ai_requests WHERE id IN (\(list))")
            let time = ContinuousClock.now - death
            for row in rows {
                guard let job = row["id"]?.stringValue, let token = open[job], row["token"]?.intValue ?? 0 > token
                else { continue }
                open[job] = nil
                record(job, time)
            }
            try await Task.sleep(for: .milliseconds(50))
        }
        for job in open.keys { record(job, nil) }
    }

    private func record(_ job: String, _ time: Duration?) {
        let seconds = time.map { JSONValue($0 / .seconds(1)) } ?? .null
        journal.add("runs again", [("job", .string(job)), ("seconds", seconds)]) {
            $0.recoveries.append(.init(job: job, time: time))
        }
    }
}
