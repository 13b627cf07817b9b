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

    /// Resident memory in MiB, from `/proc/self/statm`; 0 when that cannot be read.
    static var residentMebibytes: Double {
        guard let file = fopen("/proc/self/statm", "r") else { return 0 }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, Int32(line.count), file) != nil else { return 0 }
        let words = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
            .split(separator: " ")
        guard words.count > 1, let pages = Double(words[1]) else { return 0 }
        return (pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 104_857.6).rounded() / 10
    }

    private static var processorSeconds: Double {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let user = Double(usage.ru_utime.tv_sec) + Double(usage.ru_utime.tv_usec) / 1e6
        let system = Double(usage.ru_stime.tv_sec) + Double(usage.ru_stime.tv_usec) / 1e6
        return user + system
    }
}
