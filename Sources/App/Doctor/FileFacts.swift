import Glibc

/// What the system says about a file or its disk.
enum FileFacts {
    /// The rights of a file, as `chmod` has them; nil when there is no such file.
    static func mode(of path: String) -> UInt32? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o7777 : nil
    }

    /// Whether this process may read the file.
    static func isReadable(_ path: String) -> Bool { access(path, R_OK) == 0 }

    /// Whether this process may make files in the folder, or write to the file.
    static func isWritable(_ path: String) -> Bool { access(path, W_OK) == 0 }

    /// What this process may still write on the disk of the folder, and how large that disk is, in bytes.
    static func space(of folder: String) -> (free: UInt64, all: UInt64)? {
        var facts = statvfs()
        guard statvfs(folder, &facts) == 0 else { return nil }
        return (UInt64(facts.f_bavail) * UInt64(facts.f_frsize), UInt64(facts.f_blocks) * UInt64(facts.f_frsize))
    }

    /// How many files a process of this user may have open at most.
    static var openFileLimit: Int? {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return nil }
        return Int(clamping: limit.rlim_max)
    }

    /// The folder of a path.
    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
