import Foundation
import TestSupport

/// A folder for the files of a program that is not ours, and its processes.
struct ToolFolder: Sendable {
    private let folder: URL

    var path: String { folder.path }

    /// Whether Debian's prometheus is there, as it is after `scripts/bootstrap --ci`.
    static var hasPrometheus: Bool {
        ["prometheus", "promtool"].allSatisfy { FileManager.default.isExecutableFile(atPath: "/usr/bin/\($0)") }
    }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "gigaoffice-tool-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// Writes a file and returns its path.
    func write(_ text: String, to name: String) throws -> String {
        let file = folder.appending(path: name)
        try text.write(to: file, atomically: true, encoding: .utf8)
        return file.path
    }

    /// Starts a line of the shell.
    func start(_ line: String) throws -> RunningProgram {
        let files = folder.appending(path: UUID().uuidString).path
        let process = try ChildProcess(
            "/bin/sh", ["-c", line], environment: Program.surroundings, folder: path, output: "\(files).out",
            errors: "\(files).err", fileLimit: nil)
        return RunningProgram(process, output: "\(files).out", errors: "\(files).err")
    }

    /// Runs a line of the shell to its end.
    func run(_ line: String) async throws -> FinishedProgram {
        try await start(line).finished(within: .seconds(60))
    }

    func remove() {
        do {
            try FileManager.default.removeItem(at: folder)
        } catch {
            // A process may be on its way out and still write; the system clears its temporary folder.
            return
        }
    }
}
