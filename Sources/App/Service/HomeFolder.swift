import Glibc

/// The folder that `~` stands for. Shells replace it, `.env` files do not.
enum HomeFolder {
    /// The path with the user's folder in place of a leading `~/`.
    static func expand(_ path: String) -> String {
        guard path.hasPrefix("~/"), let home = getenv("HOME") else { return path }
        return String(cString: home) + path.dropFirst(1)
    }
}
