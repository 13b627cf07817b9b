import EventLoop
import Foundation
import JSON
import TestSupport

/// Takes down what happens, from any thread: for the checker in memory, for a person as a line each in a file.
final class Journal: Sendable {
    private struct State {
        var history = History()
        var submissions: [Int: Submission] = [:]
        let file: FileHandle
    }

    private let state: Lock<State>
    private let start = ContinuousClock.now

    /// Begins a new file at `path`.
    init(path: String) throws {
        guard FileManager.default.createFile(atPath: path, contents: nil) else { throw Failure("cannot write \(path)") }
        state = Lock(State(file: try FileHandle(forWritingTo: URL(filePath: path))))
    }

    /// Time since the campaign began.
    var elapsed: Duration { ContinuousClock.now - start }

    /// What has been taken down so far.
    var history: History {
        state.withLock { state in
            var history = state.history
            history.submissions = state.submissions.values.sorted { $0.payload.number < $1.payload.number }
            return history
        }
    }

    /// Adds a line to the file.
    func note(_ event: String, _ fields: [(String, JSONValue)] = []) {
        state.withLock { write(event, fields, to: $0.file) }
    }

    /// Changes the history and adds a line to the file.
    func add(_ event: String, _ fields: [(String, JSONValue)], _ change: (inout History) -> Void) {
        state.withLock { state in
            change(&state.history)
            write(event, fields, to: state.file)
        }
    }

    // MARK: Submissions

    func begin(_ submission: Submission) {
        let number = submission.payload.number
        state.withLock { state in
            state.submissions[number] = submission
            write("submit", [("number", .integer(number)), ("way", .string("\(submission.way)"))], to: state.file)
        }
    }

    func promised(_ number: Int, _ job: String) {
        state.withLock { state in
            state.submissions[number]?.promised.append(job)
            write("promised", [("number", .integer(number)), ("job", .string(job))], to: state.file)
        }
    }

    func unknown(_ number: Int, _ reason: String) {
        state.withLock { state in
            state.submissions[number]?.unknown += 1
            write("unknown", [("number", .integer(number)), ("reason", .string(reason))], to: state.file)
        }
    }

    func wrongAnswer(_ number: Int, _ text: String) {
        state.withLock { state in
            state.submissions[number]?.wrongAnswers.append(text)
            write("wrong answer", [("number", .integer(number)), ("text", .string(text))], to: state.file)
        }
    }

    // MARK: Looks

    func saw(_ job: String, _ ending: JobEnding?) {
        let fields: [(String, JSONValue)] = [
            ("job", .string(job)), ("status", .string(ending?.status ?? "unfinished")),
        ]
        add("saw", fields) { $0.sightings.append(.init(job: job, ending: ending)) }
    }

    private func write(_ event: String, _ fields: [(String, JSONValue)], to file: FileHandle) {
        let clock = Date.ISO8601FormatStyle(includingFractionalSeconds: true).format(.now)
        let moment: [(String, JSONValue)] = [
            ("at", JSONValue(Self.rounded(elapsed))), ("time", .string(clock)), ("event", .string(event)),
        ]
        file.write(Data(JSONValue.object(JSONObject(moment + fields)).serialized() + [UInt8(ascii: "\n")]))
    }

    private static func rounded(_ duration: Duration) -> Double {
        Double(Int(duration / .milliseconds(1))) / 1000
    }
}
