import Glibc
import Telemetry

/// How many files the process may have open (`RLIMIT_NOFILE`).
enum FileLimit {
    /// Raises the limit as far as the system lets us and returns it.
    static func raise(_ logger: Logger) -> Int {
        let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(kind, &limit) == 0 else {
            logger.warning("the limit of open files is unknown", ["errno": .integer(Int(errno))])
            return 1024
        }
        let soft = limit.rlim_cur
        limit.rlim_cur = limit.rlim_max
        if setrlimit(kind, &limit) != 0 { limit.rlim_cur = soft }
        return Int(clamping: limit.rlim_cur)
    }
}
