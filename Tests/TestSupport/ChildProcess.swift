import EventLoop
import Foundation

/// A program that a test has started: what it writes goes to files, and it is ended at the latest with this object.
public final class ChildProcess: Sendable {
    /// How a process has ended.
    public enum Ending: Equatable, Sendable {
        /// By itself, with this status.
        case exit(Int32)
        /// By this signal.
        case signal(Int32)
    }

    /// The process id; another process may have it after the end.
    public let pid: Int32
    private let ending = Lock<Ending?>(nil)

    /// Starts `executable` (a path) in `folder`, with exactly this environment, nothing on its standard input, and
    /// standard output and standard error written to the two files. `fileLimit` bounds each file that it writes, in
    /// units of 512 bytes; nil leaves that to the system.
    public init(
        _ executable: String, _ arguments: [String], environment: [String: String], folder: String, output: String,
        errors: String, fileLimit: Int? = 65_536
    ) throws(TestSetupError) {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        let creating = O_WRONLY | O_CREAT | O_TRUNC
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, output, creating, 0o600)
        posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, errors, creating, 0o600)
        for descriptor in try Self.otherDescriptors() { posix_spawn_file_actions_addclose(&actions, descriptor) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        Self.restoreSignals(&attributes)
        let limit = fileLimit.map(String.init) ?? "unlimited"
        let words = CStrings(["sh", "-c", Self.start, folder, limit, executable] + arguments)
        let settings = CStrings(environment.map { "\($0)=\($1)" })
        var started: pid_t = 0
        let status = posix_spawn(&started, "/bin/sh", &actions, &attributes, words.pointers, settings.pointers)
        guard status == 0 else { throw TestSetupError("\(executable): \(String(cString: strerror(status)))") }
        pid = started
    }

    deinit {
        guard poll() == nil else { return }
        kill(pid, SIGKILL)
        waitpid(pid, nil, 0)
    }

    /// Changes to the folder, bounds what can be written to a file, and becomes the program.
    private static let start = #"cd "$0" && ulimit -f "$1" && shift && exec "$@""#

    /// Descriptors of other tests that a program would inherit, such as listeners of an embedded broker.
    private static func otherDescriptors() throws(TestSetupError) -> [Int32] {
        do {
            let names = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")
            return names.compactMap { Int32($0) }.filter { $0 > STDERR_FILENO }
        } catch {
            throw TestSetupError("/proc/self/fd: \(error)")
        }
    }

    /// The test's own threads may block or ignore signals that the program has to see.
    private static func restoreSignals(_ attributes: inout posix_spawnattr_t) {
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))
    }

    /// How the process has ended; nil while it runs.
    public func poll() -> Ending? {
        ending.withLock { ending in
            if let ending { return ending }
            var status: Int32 = 0
            guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
            let signal = status & 0x7F
            ending = signal == 0 ? .exit((status >> 8) & 0xFF) : .signal(signal)
            return ending
        }
    }

    /// Sends a signal, unless the process has ended.
    public func send(_ signal: Int32) {
        if poll() == nil { kill(pid, signal) }
    }

    /// Waits for the end; nil when the process still runs after `limit`.
    public func end(within limit: Duration) async throws -> Ending? {
        let deadline = ContinuousClock.now + limit
        while poll() == nil, ContinuousClock.now < deadline { try await Task.sleep(for: .milliseconds(10)) }
        return poll()
    }

    /// Asks the process to stop, and kills it when it still runs after `limit`.
    public func stop(within limit: Duration = .seconds(10)) async {
        send(SIGTERM)
        do {
            if try await end(within: limit) != nil { return }
        } catch {
            // The test was cancelled: no time to be polite.
        }
        send(SIGKILL)
        waitUntilKilled()
    }

    /// The kernel needs a moment to take down a killed process, and nothing can keep it from doing so.
    private func waitUntilKilled() {
        while poll() == nil { usleep(1000) }
    }
}

/// A null-terminated array of C strings.
private struct CStrings: ~Copyable {
    let pointers: [UnsafeMutablePointer<CChar>?]

    init(_ strings: [String]) {
        pointers = strings.map { strdup($0) } + [nil]
    }

    deinit {
        for pointer in pointers { free(pointer) }
    }
}
