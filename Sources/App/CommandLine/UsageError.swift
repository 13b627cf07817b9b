/// A command line that means nothing.
struct UsageError: Error, Sendable, Equatable, CustomStringConvertible {
    /// EX_USAGE of sysexits.h.
    static let exitCode: Int32 = 64

    /// What is wrong, in one sentence, with the nearest right word where there is one.
    let problem: String
    /// How the command is written.
    let usage: String

    /// Two lines for standard error.
    var description: String { "gigaoffice: \(problem)\n\(usage)" }
}
