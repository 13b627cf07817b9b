import Foundation
public import JSON

/// A program that runs, and what it has written so far.
public struct RunningProgram: Sendable {
    /// Its process.
    public let process: ChildProcess
    private let outputFile: String
    private let errorFile: String
    private static let outputLimit = 4 << 20

    /// A started program and the files that take what it writes.
    public init(_ process: ChildProcess, output: String, errors: String) {
        self.process = process
        outputFile = output
        errorFile = errors
    }

    /// Standard output so far.
    public var output: String { Self.text(of: outputFile) }
    /// Standard error so far.
    public var errors: String { Self.text(of: errorFile) }

    private static func text(of file: String) -> String {
        guard let handle = FileHandle(forReadingAtPath: file) else { return "" }
        defer { handle.closeFile() }
        return String(decoding: handle.readData(ofLength: outputLimit), as: UTF8.self)
    }

    /// The lines of the log so far, oldest first.
    public func log() throws -> [JSONValue] {
        // It grows while it is looked at.
        let errors = errors
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
    public func expectRunning() throws(Failure) {
        if let ending = process.poll() { throw Failure("ended early: \(ending)") }
    }

    /// Waits until the log has a line with this message.
    public func logged(_ message: String, within limit: Duration = .seconds(60)) async throws -> JSONValue {
        try await eventually("\"\(message)\" in the log", within: limit) {
            if let line = try log().first(where: { $0["message"]?.stringValue == message }) { return line }
            try expectRunning()
            return nil
        }
    }

    /// Waits for the end of the process.
    public func finished(within limit: Duration) async throws -> FinishedProgram {
        guard let ending = try await process.end(within: limit) else {
            throw Failure("still runs after \(limit)")
        }
        return FinishedProgram(ending: ending, output: output, errors: errors)
    }
}

/// A program that has ended.
public struct FinishedProgram: Sendable {
    /// How it has ended.
    public let ending: ChildProcess.Ending
    /// Standard output.
    public let output: String
    /// Standard error.
    public let errors: String
}
