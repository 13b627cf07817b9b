public import Telemetry

/// The log's level in this process, which operators may change while it runs. Any thread.
public protocol LogLevelControl: Sendable {
    /// Which process this is, for people who have several.
    var process: String { get }

    /// What the settings say; SIGHUP has them read again and goes back to it.
    var configured: LogLevel { get }

    /// What is written now. Setting it tells the log, where that can be seen at the old or the new level.
    var level: LogLevel { get nonmutating set }
}
