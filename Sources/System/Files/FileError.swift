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
        if case .system(_, _, let code) = self { code == ENOENT || code == ENOTDIR } else { false }
    }

    /// The call and what is wrong, without the file's name.
    public var reason: String {
        switch self {
        case .system(_, let call, let code): "\(call): \(String(cString: strerror(code)))"
        case .tooLong(_, let limit): "longer than \(limit) bytes"
        }
    }

    /// Names the file, the call and the reason.
    public var description: String {
        switch self {
        case .system(let path, _, _), .tooLong(let path, _): "\(path): \(reason)"
        }
    }
}
