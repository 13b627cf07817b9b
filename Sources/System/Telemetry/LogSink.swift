import Glibc

/// Where log lines go: standard error and, when set, a file that is appended to. A thread of its own does the
/// writing, so that a slow terminal or disk never holds up a loop; when it falls too far behind, lines are
/// dropped and the number of dropped ones is logged.
public final class LogSink: @unchecked Sendable {
    // Safety: `pending`, `dropped` and `isClosed` are touched only while `mutex` is held; the rest is immutable.

    /// Lines below this level are not made at all.
    public let minimumLevel: LogLevel
    private let format: LogFormat
    private let descriptors: [Int32]
    private let limitBytes = 4 << 20
    private var pending: [UInt8] = []
    private var dropped = 0
    private var isClosed = false
    private let mutex: UnsafeMutablePointer<pthread_mutex_t> = .allocate(capacity: 1)
    private let condition: UnsafeMutablePointer<pthread_cond_t> = .allocate(capacity: 1)
    private var thread = pthread_t()

    /// Opens `file` for appending, when given, and starts the writing thread. Throws the system's words when the
    /// file cannot be opened.
    public init(minimumLevel: LogLevel, format: LogFormat, file: String? = nil) throws(LogSinkError) {
        self.minimumLevel = minimumLevel
        self.format = format
        var descriptors: [Int32] = [2]
        if let file {
            let opened = open(file, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
            guard opened >= 0 else { throw LogSinkError(file: file, reason: String(cString: strerror(errno))) }
            descriptors.append(opened)
        }
        self.descriptors = descriptors
        mutex.initialize(to: pthread_mutex_t())
        condition.initialize(to: pthread_cond_t())
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
        let status = pthread_create(&thread, nil, runLogWriter, Unmanaged.passRetained(self).toOpaque())
        precondition(status == 0, "pthread_create failed: \(status)")
    }

    func write(_ level: LogLevel, _ message: String, _ fields: [(String, Logger.Value)]) {
        let line = format.line(level, message, fields, at: .now)
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        if pending.count + line.utf8.count > limitBytes {
            dropped += 1
        } else {
            pending.append(contentsOf: line.utf8)
        }
        pthread_cond_signal(condition)
    }

    /// Writes what is left and ends the thread. Later lines are lost.
    public func close() {
        pthread_mutex_lock(mutex)
        isClosed = true
        pthread_cond_signal(condition)
        pthread_mutex_unlock(mutex)
        pthread_join(thread, nil)
    }

    fileprivate func writeUntilClosed() {
        while let bytes = nextBytes() {
            for descriptor in descriptors { writeAll(bytes, to: descriptor) }
        }
    }

    private func nextBytes() -> [UInt8]? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while pending.isEmpty, dropped == 0 {
            if isClosed { return nil }
            pthread_cond_wait(condition, mutex)
        }
        var bytes = pending
        pending = []
        if dropped > 0 {
            let fields: [(String, Logger.Value)] = [("lines", .integer(dropped))]
            bytes.append(contentsOf: format.line(.warning, "log lines dropped", fields, at: .now).utf8)
            dropped = 0
        }
        return bytes
    }

    private func writeAll(_ bytes: [UInt8], to descriptor: Int32) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress?.advanced(by: sent), $0.count - sent)
            }
            // A log that can't be written has no better place to complain in.
            guard count > 0 || errno == EINTR else { return }
            sent += max(count, 0)
        }
    }
}

/// The log file could not be opened.
public struct LogSinkError: Error, Sendable {
    /// The path as configured.
    public let file: String
    /// The system's words.
    public let reason: String
}

private func runLogWriter(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let argument else { return nil }
    Unmanaged<LogSink>.fromOpaque(argument).takeRetainedValue().writeUntilClosed()
    return nil
}
