import JSON
import TestSupport

/// A running `gigaoffice fake-gigachat`.
struct FakeModels: Sendable {
    let program: RunningProgram
    /// The line for programs.
    let facts: JSONValue
    /// The lines for a .env file.
    let settings: [String: String]

    /// Asks a route under `/__fake/`, with plain HTTP.
    func control(_ name: String, _ order: String? = nil) async throws -> JSONValue {
        let url = facts["base_url"]?.stringValue ?? ""
        guard url.hasPrefix("http:"), let port = UInt16(url.split(separator: ":")[2].prefix { $0.isNumber }) else {
            throw Failure("no plain port in \(url)")
        }
        let client = PlainClient(port: port)
        guard let order else { return try await client.get("/__fake/\(name)").json }
        return try await client.post("/__fake/\(name)", json: order).json
    }
}

extension Site {
    /// Starts a stand-in for GigaChat, and waits until it has said where it is.
    func fakeGigaChat(_ options: [String] = []) async throws -> FakeModels {
        let program = try start(["fake-gigachat"] + options)
        let output = try await eventually("the addresses") { () -> String? in
            try program.expectRunning()
            let lines = program.output.split(separator: "\n")
            let last = options.contains("--mtls") ? "_KEY_FILE=" : options.contains("--as") ? "_API_KEY=" : "_SCOPE="
            return lines.contains { $0.contains(last) } && program.output.hasSuffix("\n") ? program.output : nil
        }
        let lines = output.split(separator: "\n").map(String.init)
        guard let first = lines.first else { throw Failure("it has said nothing") }
        let settings = lines.dropFirst().map { $0.split(separator: "=", maxSplits: 1).map(String.init) }
        return FakeModels(
            program: program, facts: try JSONParser().parse(first),
            settings: Dictionary(uniqueKeysWithValues: settings.map { ($0[0], $0[1]) }))
    }
}
