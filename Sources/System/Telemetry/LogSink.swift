import Glibc
import Synchronization

/// Where log lines go: standard error and, when set, a file that begins anew each day. A thread of its own does the
/// writing, so that a slow terminal or disk never holds up a loop; when it falls too far behind, lines are
/// dropped and the number of dropped ones is logged. So is the number of those that repeat a warning too often.
public final class LogSink: @unchecked Sendable {
    // Safety: `file` is touched by the writing thread only; the other variables only while `mutex` is held; the rest is
    // immutable or atomic.

    private let level: Atomic<Int>
    private let format: LogFormat
    private let file: LogFile?
    private let limitBytes = 4 << 20
    /// How long lines are gathered once there is one, in microseconds: waking a thread for each costs as much as making
    /// it.
    private static let gathering: UInt32 = 2_000
    private var pending: [UInt8] = []
    /// The writing thread waits and has not been told of anything yet.
    private var isIdle = false
    private var repeats = RepeatLimit()
    private var dropped = 0
    private var shouldReopen = false
    private var isClosed = false
    private let mutex: UnsafeMutablePointer<pthread_mutex_t> = .allocate(capacity: 1)
    private let condition: UnsafeMutablePointer<pthread_cond_t> = .allocate(capacity: 1)
    private var thread = pthread_t()

    /// Opens `file` for appending, when given, and starts the writing thread. Files of so many `days` are kept beside
    /// it, 0 keeps all. Throws the system's words when the file cannot be opened.
    public init(
        minimumLevel: LogLevel, format: LogFormat, file: String? = nil, days: Int = 30
    ) throws(LogSinkError) {
        level = Atomic(minimumLevel.rawValue)
        self.format = format
        self.file = try file.map { path throws(LogSinkError) in try LogFile(path, days: days) }
        mutex.initialize(to: pthread_mutex_t())
        condition.initialize(to: pthread_cond_t())
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(condition, nil)
        let status = pthread_create(&thread, nil, runLogWriter, Unmanaged.passRetained(self).toOpaque())
        precondition(status == 0, "pthread_create failed: \(status)")
    }

    /// Lines below this level are not made at all. May be changed at any time, from any thread.
    public var minimumLevel: LogLevel {
        get { LogLevel(rawValue: level.load(ordering: .relaxed)) ?? .info }
        set { level.store(newValue.rawValue, ordering: .relaxed) }
    }

    /// Opens the file's path anew, for those who move the file away. Any thread.
    public func reopen() {
        change { shouldReopen = true }
    }

    /// Changes what the writing thread looks at, and wakes it where it waits: after the lock is free again, so that it
    /// need not wait for that.
    private func change(_ body: () -> Void) {
        pthread_mutex_lock(mutex)
        body()
        let wakes = isIdle
        isIdle = false
        pthread_mutex_unlock(mutex)
        if wakes { pthread_cond_signal(condition) }
    }

    func write(_ level: LogLevel, _ message: String, _ fields: [(String, Logger.Value)]) {
        let now = WallTime.now
        guard admits(level, message, now) else { return }
        let line = format.line(level, message, fields, at: now)
        change {
            if pending.count + line.count > limitBytes {
                dropped += 1
            } else {
                pending.append(contentsOf: line)
            }
        }
    }

    private func admits(_ level: LogLevel, _ message: String, _ now: WallTime) -> Bool {
        guard level >= .warning else { return true }
        var isAdmitted = false
        // The thread has to look when the time of a line that is left out is over.
        change { isAdmitted = repeats.admits(level, message, at: now) }
        return isAdmitted
    }

    /// Writes what is left and ends the thread. Later lines are lost.
    public func close() {
        change { isClosed = true }
        pthread_join(thread, nil)
    }

    fileprivate func writeUntilClosed() {
        var bytes: [UInt8] = []
        while let isReopening = next(&bytes) {
            if isReopening { file?.reopenOrGoOn() }
            file?.turn(at: .now)
            writeAll(bytes, to: 2)
            if let file { writeAll(bytes, to: file.descriptor) }
        }
    }

    /// Waits for something to do and exchanges `bytes`, whose room is used again, for what is to be written. Says
    /// whether the file is to be opened anew; nil at the end.
    private func next(_ bytes: inout [UInt8]) -> Bool? {
        bytes.removeAll(keepingCapacity: bytes.capacity <= 65_536)
        if waitsForLines() { usleep(Self.gathering) }
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        if pending.isEmpty, !shouldReopen, isClosed { return nil }
        let isReopening = shouldReopen
        swap(&bytes, &pending)
        shouldReopen = false
        return isReopening
    }

    /// Waits for something to do; false when there is no time to gather more.
    private func waitsForLines() -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            addNews(isLast: isClosed)
            if !pending.isEmpty || shouldReopen || isClosed { return !isClosed }
            isIdle = true
            if repeats.owesNews { waitOneSecond() } else { pthread_cond_wait(condition, mutex) }
            isIdle = false
        }
    }

    private func waitOneSecond() {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        time.tv_sec += 1
        pthread_cond_timedwait(condition, mutex, &time)
    }

    /// Says what was left out.
    private func addNews(isLast: Bool) {
        let now = WallTime.now
        if repeats.owesNews {
            for kind in repeats.news(at: now, isLast: isLast) {
                let fields: [(String, Logger.Value)] = [
                    ("repeated", .text(kind.message)), ("lines", .integer(kind.count)),
                ]
                pending.append(contentsOf: format.line(kind.level, "repeated lines left out", fields, at: now))
            }
        }
        guard dropped > 0 else { return }
        let fields: [(String, Logger.Value)] = [("lines", .integer(dropped))]
        pending.append(contentsOf: format.line(.warning, "log lines dropped", fields, at: now))
        dropped = 0
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
