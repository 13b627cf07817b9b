import Glibc

/// A file that log lines are appended to, a new one each day. The one of an earlier day is kept beside it under its
/// day, `gigaoffice.log.2026-11-27`, and deleted when it is older than it has to be kept. Days are those of UTC, as the
/// lines' times are. Confined to the log's writing thread; several processes may write to one file.
final class LogFile {
    private let path: String
    private let days: Int
    private(set) var descriptor: Int32
    private var day: String

    /// Opens the file for appending; what is in it from an earlier day is put aside first. `days` is how many days'
    /// files are kept; 0 stands for all.
    init(_ path: String, days: Int, now: WallTime = .now) throws(LogSinkError) {
        self.path = path
        self.days = days
        day = now.day
        descriptor = -1
        try reopen()
        if let written = Self.lastChange(of: descriptor), written.day != day {
            putAside(written.day)
            try reopen()
        }
        deleteOld(now)
    }

    deinit {
        if descriptor >= 0 { close(descriptor) }
    }

    /// Begins a new file if the day has changed. To be called before each writing. Should the new one fail to open, the
    /// lines go on into the old one.
    func turn(at now: WallTime) {
        let today = now.day
        guard today != day else { return }
        putAside(day)
        day = today
        reopenOrGoOn()
        deleteOld(now)
    }

    /// Opens the path anew, for those who move the file away themselves.
    func reopenOrGoOn() {
        do throws(LogSinkError) {
            try reopen()
        } catch {
            // A log that can't be written has no better place to complain in.
            return
        }
    }

    private func reopen() throws(LogSinkError) {
        let opened = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0o640)
        guard opened >= 0 else { throw LogSinkError(file: path, reason: String(cString: strerror(errno))) }
        if descriptor >= 0 { close(descriptor) }
        descriptor = opened
    }

    /// Gives the file the name of its day. Of several processes that do it at the same time one gets that name, and the
    /// others go on with the new file: `link` fails where a name is taken, so nothing is ever overwritten.
    private func putAside(_ day: String) {
        guard Self.isSame(descriptor, path), link(path, "\(path).\(day)") == 0 else { return }
        unlink(path)
    }

    /// Whether the path still leads to the open file.
    private static func isSame(_ descriptor: Int32, _ path: String) -> Bool {
        var (open, named) = (stat(), stat())
        guard fstat(descriptor, &open) == 0, stat(path, &named) == 0 else { return false }
        return open.st_ino == named.st_ino && open.st_dev == named.st_dev
    }

    /// Nil for an empty file.
    private static func lastChange(of descriptor: Int32) -> WallTime? {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_size > 0 else { return nil }
        return WallTime(microseconds: Int64(status.st_mtim.tv_sec) * 1_000_000)
    }

    private func deleteOld(_ now: WallTime) {
        guard days > 0 else { return }
        let oldest = WallTime(microseconds: now.microseconds - Int64(days) * 86_400_000_000).day
        let slash = path.lastIndex(of: "/")
        let folder = slash.map { String(path[...$0]) } ?? "./"
        let prefix = (slash.map { String(path[path.index(after: $0)...]) } ?? path) + "."
        guard let entries = opendir(folder) else { return }
        defer { closedir(entries) }
        while let entry = readdir(entries) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name.hasPrefix(prefix), Self.isDay(name.dropFirst(prefix.count)) else { continue }
            if name.dropFirst(prefix.count) < oldest { unlink(folder + name) }
        }
    }

    private static func isDay(_ text: Substring) -> Bool {
        text.utf8.count == 10
            && text.utf8.enumerated().allSatisfy { index, byte in
                index == 4 || index == 7 ? byte == UInt8(ascii: "-") : (0x30...0x39).contains(byte)
            }
    }
}

extension WallTime {
    /// The day in UTC: `2026-05-09`.
    fileprivate var day: String { String(rfc3339.prefix(10)) }
}
