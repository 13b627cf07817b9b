import EventLoop
import Glibc

/// What this process takes of the machine.
struct ProcessUsage {
    private var last: (time: MonotonicTime, processorSeconds: Double)
    /// When the process, as far as we know, began.
    let startedAt: MonotonicTime

    init() {
        startedAt = .now
        last = (.now, Self.processorSeconds)
    }

    /// Percent of one core since the last call.
    mutating func processorPercent() -> Double {
        let now = (time: MonotonicTime.now, processorSeconds: Self.processorSeconds)
        let elapsed = (now.time - last.time).inSeconds
        defer { last = now }
        guard elapsed > 0 else { return 0 }
        return ((now.processorSeconds - last.processorSeconds) / elapsed * 1000).rounded() / 10
    }

    /// Resident memory in MiB; 0 when it cannot be read.
    static var residentMebibytes: Double { (memoryBytes.resident / 104_857.6).rounded() / 10 }

    /// From `/proc/self/statm`; 0 when that cannot be read.
    static var memoryBytes: (virtual: Double, resident: Double) {
        let words = line(of: "/proc/self/statm").split(separator: " ")
        guard words.count > 1, let virtual = Double(words[0]), let resident = Double(words[1]) else { return (0, 0) }
        let page = Double(sysconf(Int32(_SC_PAGESIZE)))
        return (virtual * page, resident * page)
    }

    /// From `/proc/self/stat`; 0 when that cannot be read. The program's name, in parentheses, may hold blanks.
    static var threadCount: Double {
        let words = line(of: "/proc/self/stat").split(separator: ")").last?.split(separator: " ") ?? []
        return words.count > 17 ? Double(words[17]) ?? 0 : 0
    }

    /// Entries of `/proc/self/fd`, but for the one that looking takes. Takes milliseconds when there are thousands.
    static var openFileCount: Int {
        guard let folder = opendir("/proc/self/fd") else { return 0 }
        defer { closedir(folder) }
        var count = 0
        while readdir(folder) != nil { count += 1 }
        return max(0, count - 3)
    }

    /// How many files the process may have open.
    static var fileLimit: Double {
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
        return Double(limit.rlim_cur)
    }

    private static func line(of path: String) -> String {
        guard let file = fopen(path, "r") else { return "" }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 1024)
        guard fgets(&line, Int32(line.count), file) != nil else { return "" }
        return String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
    }

    /// Of all threads, user's and system's.
    static var processorSeconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let user = Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) / 1e6
        let system = Double(usage.ru_stime.tv_sec) + Double(usage.ru_stime.tv_usec) / 1e6
        return user + system
    }
}
