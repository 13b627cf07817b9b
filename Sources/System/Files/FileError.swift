import Glibc

/// Why a file could not be read, written or locked.
public enum FileError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A system call failed with this `errno`.
    case system(path: String, call: String, code: Int32)
    /// It has more bytes than were allowed.
    case tooLong(path: String, limit: Int)

    /// Takes the present `errno`.
    init(_ path: String, _ call: String) {
        self = .system(path: path, call: call, code: errno)
    }

    /// Whether there is no such file.
    public var isMissing: Bool {
        if case .system(_, _, ENOENT) = self { true } else { false }
    }

    /// Names the file, the call and the reason.
    public var description: String {
        switch self {
        case .system(let path, let call, let code): "\(path): \(call): \(String(cString: strerror(code)))"
        case .tooLong(let path, let limit): "\(path): longer than \(limit) bytes"
        }
    }
}
