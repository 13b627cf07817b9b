import EventLoop
import Foundation
import Glibc
import TestSupport

/// A program that is started again whenever it has ended, as an operator's supervisor would. Any thread.
final class SupervisedProcess: Sendable {
    /// Names its logs.
    let name: String
    private let arguments: [String]
    private let settings: [String: String]
    private let folder: String
    private let state = Lock(State())

    private struct State {
        var program: RunningProgram?
        var starts = 0
        var startedAt = ContinuousClock.now
        var isMeantToRun = false
    }

    init(_ name: String, _ arguments: [String], _ settings: [String: String], folder: String) {
        self.name = name
        self.arguments = arguments
        self.settings = settings
        self.folder = folder
    }

    /// The process as it runs now; nil before the first start.
    var program: RunningProgram? { state.withLock { $0.program } }

    /// How long it has run since it was last started; nil when it is down.
    var uptime: Duration? {
        state.withLock { $0.isMeantToRun ? ContinuousClock.now - $0.startedAt : nil }
    }

    /// Starts it; each start has log files of its own.
    @discardableResult
    func start() throws -> RunningProgram {
        try state.withLock { state in
            state.starts += 1
            let files = "\(folder)/\(name)-\(state.starts)"
            let process = try ChildProcess(
                Program.path(), arguments,
                environment: [Program.surroundings, Program.folders, settings].reduce(into: [:]) { all, some in
                    all.merge(some) { _, new in new }
                }, folder: folder, output: "\(files).out", errors: "\(files).log")
            let program = RunningProgram(process, output: "\(files).out", errors: "\(files).log")
            state.program = program
            state.startedAt = ContinuousClock.now
            state.isMeantToRun = true
            return program
        }
    }

    /// Sends a signal to the process.
    func send(_ signal: Int32) {
        program?.process.send(signal)
    }

    /// Kills the process, as `kill -9`; from now on its end is no surprise.
    func kill() async throws {
        try await end(SIGKILL)
    }

    /// Asks the process to stop in order; says what it did instead, if it did, and kills it then. One that has not
    /// begun its work yet may die of the signal, as any program does before it has said otherwise.
    func stop() async throws -> String? {
        let ending = try await end(SIGTERM)
        let hasBegun = program?.errors.isEmpty == false
        if ending == .exit(0) || ending == .signal(SIGTERM) && !hasBegun { return nil }
        try await kill()
        return "\(name) was asked to stop: \(ending.map { "\($0)" } ?? "still runs after 40 s")"
    }

    /// Sends a signal that ends the process and waits for that.
    @discardableResult
    private func end(_ signal: Int32) async throws -> ChildProcess.Ending? {
        state.withLock { $0.isMeantToRun = false }
        send(signal)
        return try await program?.process.end(within: .seconds(40))
    }

    /// How the process has ended, if nobody has asked it to.
    func unexpectedEnding() -> ChildProcess.Ending? {
        state.withLock { $0.isMeantToRun ? $0.program?.process.poll() : nil }
    }

    /// What it wrote beside its log since it was last started.
    func lastWords() throws -> LastWords { try LastWords(file: logFiles.last ?? "") }

    /// All logs of all starts.
    var logFiles: [String] {
        let starts = state.withLock { $0.starts }
        return starts == 0 ? [] : (1...starts).map { "\(folder)/\(name)-\($0).log" }
    }
}
