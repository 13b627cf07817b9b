/// How the program ends; the values are those of sysexits.h.
enum ExitCode: Int32, Sendable {
    /// All is well.
    case success = 0
    /// The answer is no: not healthy, migrations pending.
    case negative = 1
    /// The command line means nothing.
    case usage = 64
    /// Something the program needs cannot be reached.
    case unavailable = 69
    /// Something inside went wrong.
    case software = 70
    /// The settings are wrong.
    case configuration = 78
}
