import Glibc

/// Standard output and standard error, for commands. Services log instead.
enum Terminal {
    /// Writes a line to standard output.
    static func say(_ text: String) {
        write(text, to: STDOUT_FILENO)
    }

    /// Writes a line to standard output and passes the code on.
    static func say(_ text: String, and code: ExitCode) -> ExitCode {
        say(text)
        return code
    }

    /// Writes a line to standard error.
    static func complain(_ text: String) {
        write(text, to: STDERR_FILENO)
    }

    /// Whether standard error is a terminal that a person looks at.
    static var isInteractive: Bool { isatty(STDERR_FILENO) == 1 }

    private static func write(_ text: String, to descriptor: Int32) {
        let line = Array((text.hasSuffix("\n") ? text : text + "\n").utf8)
        var sent = 0
        while sent < line.count {
            let count = line.withUnsafeBytes { bytes in
                Glibc.write(descriptor, bytes.baseAddress?.advanced(by: sent), bytes.count - sent)
            }
            guard count > 0 || errno == EINTR else { return }
            sent += max(count, 0)
        }
    }
}
