import EventLoop
import Glibc
import JSON
import TestSupport

/// A running `gigaoffice serve`.
struct Service: Sendable {
    let program: RunningProgram
    let client: PlainClient

    /// Where it listens, for clients that keep their connections.
    var address: SocketAddress {
        get throws {
            guard let address = SocketAddress(host: "127.0.0.1", port: client.port) else {
                throw Failure("no address with port \(client.port)")
            }
            return address
        }
    }

    /// Asks it to stop, and returns how it has ended.
    func stop(within limit: Duration = .seconds(20)) async throws -> ChildProcess.Ending {
        program.process.send(SIGTERM)
        return try await program.finished(within: limit).ending
    }

    /// Submits a job and returns its id.
    func submit(_ job: String, _ fields: [String: String] = [:]) async throws -> String {
        let answer = try await client.post("/api/ai/process", json: job, fields)
        guard answer.status == 202, let id = try answer.json["request_id"]?.stringValue else {
            throw Failure("not accepted: \(answer.status) \(String(decoding: answer.body, as: UTF8.self))")
        }
        return id
    }

    func status(_ id: String) async throws -> JSONValue {
        try await client.get("/api/ai/status/\(id)").json
    }

    /// The result of a job, once it has ended.
    func result(_ id: String) async throws -> JSONValue {
        let answer = try await client.get("/api/ai/result/\(id)", ["Prefer": "wait=50"]).json
        guard answer["status"]?.stringValue != "queued", answer["status"]?.stringValue != "processing" else {
            throw Failure("not finished: \(answer)")
        }
        return answer
    }

    func health() async throws -> JSONValue {
        try await client.get("/api/health").json
    }
}
