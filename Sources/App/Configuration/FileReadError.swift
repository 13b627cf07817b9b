import Files

/// Why a file's text could not be had. The words leave the path to whoever tells of it.
enum FileReadError: Error, CustomStringConvertible {
    case file(FileError)
    case notUTF8

    /// Whether there is simply no such file.
    var isAbsence: Bool {
        if case .file(let error) = self { error.isMissing } else { false }
    }

    var description: String {
        switch self {
        case .file(let error): error.reason
        case .notUTF8: "not UTF-8"
        }
    }
}
