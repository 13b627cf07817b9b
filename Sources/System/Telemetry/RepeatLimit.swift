/// Bounds how often one warning is written: of lines with the same words, the first few of a while are written, and the
/// others are counted. Pure: told the time by whoever asks.
struct RepeatLimit {
    /// Lines that were left out.
    struct LeftOut: Equatable {
        let level: LogLevel
        let message: String
        let count: Int
    }

    private struct Kind: Hashable {
        let level: LogLevel
        let message: String
    }

    private struct Window {
        let end: WallTime
        var written = 0
        var leftOut = 0
    }

    private let burst: Int
    private let microseconds: Int64
    private let limit: Int
    private var windows: [Kind: Window] = [:]

    /// Writes `burst` lines of a kind within so many seconds. Beyond `limit` kinds at a time nothing is left out.
    init(burst: Int = 20, seconds: Int64 = 10, limit: Int = 1_000) {
        self.burst = burst
        microseconds = seconds * 1_000_000
        self.limit = limit
    }

    /// Whether anything has been left out that nobody was told of.
    private(set) var owesNews = false

    /// Whether a line is to be written. Only warnings and errors are ever left out: what goes its ordinary way is told
    /// in full.
    mutating func admits(_ level: LogLevel, _ message: String, at now: WallTime) -> Bool {
        guard level >= .warning else { return true }
        let kind = Kind(level: level, message: message)
        guard var window = windows[kind] else {
            if windows.count >= limit { windows = windows.filter { $0.value.end > now || $0.value.leftOut > 0 } }
            guard windows.count < limit else { return true }
            windows[kind] = Window(end: WallTime(microseconds: now.microseconds + microseconds), written: 1)
            return true
        }
        if window.end <= now, window.leftOut == 0 {
            window = Window(end: WallTime(microseconds: now.microseconds + microseconds))
        }
        let isWritten = window.written < burst
        if isWritten { window.written += 1 } else { window.leftOut += 1 }
        if !isWritten { owesNews = true }
        windows[kind] = window
        return isWritten
    }

    /// What was left out in the times that are over, or in all of them when `isLast`. What it names is forgotten.
    mutating func news(at now: WallTime, isLast: Bool = false) -> [LeftOut] {
        let over = windows.filter { $0.value.end <= now || isLast }
        for kind in over.keys { windows[kind] = nil }
        owesNews = windows.values.contains { $0.leftOut > 0 }
        return over.filter { $0.value.leftOut > 0 }.map { kind, window in
            LeftOut(level: kind.level, message: kind.message, count: window.leftOut)
        }.sorted { $0.message < $1.message }
    }
}
