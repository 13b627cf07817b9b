/// Where a setting's text was found.
enum Origin: Sendable, Hashable, CustomStringConvertible {
    /// An option of the command.
    case commandLine
    case environment
    /// A line of the `.env` file, counted from 1.
    case environmentFile(String, line: Int)
    /// A key of a JSON file.
    case file(String, key: String)
    /// A folder that was looked for at the usual places.
    case search
    case fallback

    var description: String {
        switch self {
        case .commandLine: "command line"
        case .environment: "environment"
        case .environmentFile(let name, let line): "\(name) line \(line)"
        case .file(let name, let key): "\(name) \(key)"
        case .search: "found"
        case .fallback: "default"
        }
    }
}
