import EventLoop
import Glibc

/// Why a file's text could not be had.
enum FileReadError: Error, CustomStringConvertible {
    case system(SystemError)
    case tooLong(maxBytes: Int)
    case notUTF8

    /// Whether there is simply no such file.
    var isAbsence: Bool {
        if case .system(let error) = self { error.code == ENOENT || error.code == ENOTDIR } else { false }
    }

    var description: String {
        switch self {
        case .system(let error): "\(error)"
        case .tooLong(let maxBytes): "longer than \(maxBytes) bytes"
        case .notUTF8: "not UTF-8"
        }
    }
}
