import API
import EventLoop
import Telemetry

/// The log's level in this process: what the settings say, and what operators have made of it since.
final class LogControl: LogLevelControl, Sendable {
    let process: String
    private let sink: LogSink
    private let settings: Lock<LogLevel>
    private let logger: Logger

    /// The sink's present level is what the settings say.
    init(_ sink: LogSink, process: String, logger: Logger) {
        self.sink = sink
        self.process = process
        self.logger = logger
        settings = Lock(sink.minimumLevel)
    }

    var configured: LogLevel { settings.withLock { $0 } }

    var level: LogLevel {
        get { sink.minimumLevel }
        set {
            let former = sink.minimumLevel
            // Told at the more talkative of the two.
            sink.minimumLevel = min(former, newValue)
            logger.notice("the log's level was changed", ["from": .text(former.name), "to": .text(newValue.name)])
            sink.minimumLevel = newValue
        }
    }

    /// The settings were read again; they are what counts from here on.
    func configure(_ level: LogLevel) {
        settings.withLock { $0 = level }
        sink.minimumLevel = level
    }
}
