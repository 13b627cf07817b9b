/// Why a certificate could not be made or written.
public enum IssueError: Error, Sendable, Equatable, CustomStringConvertible {
    /// libcrypto refused a step; its words, where it has some.
    case refused(step: String, reason: String?)
    /// A file could not be written: its path, and the system's code (errno).
    case cannotWrite(String, code: Int32)

    /// What is wrong, in one line.
    public var description: String {
        switch self {
        case .refused(let step, let reason): "no certificate can be made: \(step)" + (reason.map { " (\($0))" } ?? "")
        case .cannotWrite(let path, let code): "\(path): the file cannot be written (errno \(code))"
        }
    }
}
