import Foundation
import JSON
import TestSupport

/// A program that runs, and what it has written so far.
struct RunningProgram: Sendable {
    let process: ChildProcess
    private let outputFile: String
    private let errorFile: String
    private static let outputLimit = 4 << 20

    init(_ process: ChildProcess, output: String, errors: String) {
        self.process = process
        outputFile = output
        errorFile = errors
    }

    /// Standard output so far.
    var output: String { Self.text(of: outputFile) }
    /// Standard error so far.
    var errors: String { Self.text(of: errorFile) }

    private static func text(of file: String) -> String {
        guard let handle = FileHandle(forReadingAtPath: file) else { return "" }
        defer { handle.closeFile() }
        return String(decoding: handle.readData(ofLength: outputLimit), as: UTF8.self)
    }

    /// The lines of the log so far, oldest first.
    func log() throws -> [JSONValue] {
        let lines = errors.split(separator: "\n", omittingEmptySubsequences: true)
        // The last line may be half written.
        let whole = errors.hasSuffix("\n") ? lines : lines.dropLast()
        return try whole.map { line throws(Failure) in
            do throws(JSONParseError) {
                return try JSONParser().parse(String(line))
            } catch {
                throw Failure("not a line of a log: \(line)")
            }
        }
    }

    /// Throws when the process has ended.
    func expectRunning() throws(Failure) {
        if let ending = process.poll() { throw Failure("ended early: \(ending)") }
    }

    /// Waits until the log has a line with this message.
    func logged(_ message: String, within limit: Duration = .seconds(40)) async throws -> JSONValue {
        try await eventually("\"\(message)\" in the log", within: limit) {
            if let line = try log().first(where: { $0["message"]?.stringValue == message }) { return line }
            try expectRunning()
            return nil
        }
    }

    /// Waits for the end of the process.
    func finished(within limit: Duration) async throws -> FinishedProgram {
        guard let ending = try await process.end(within: limit) else {
            throw Failure("still runs after \(limit)")
        }
        return FinishedProgram(ending: ending, output: output, errors: errors)
    }
}

/// A program that has ended.
struct FinishedProgram: Sendable {
    let ending: ChildProcess.Ending
    let output: String
    let errors: String
}

/// Something is not as the test needs it to go on.
struct Failure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// Asks `probe` until it has an answer. Throws when it has none after `limit`.
func eventually<Value>(
    _ what: String, within limit: Duration = .seconds(40), _ probe: () async throws -> Value?
) async throws -> Value {
    let deadline = ContinuousClock.now + limit
    while true {
        if let value = try await probe() { return value }
        guard ContinuousClock.now < deadline else { throw Failure("not within \(limit): \(what)") }
        try await Task.sleep(for: .milliseconds(20))
    }
}
