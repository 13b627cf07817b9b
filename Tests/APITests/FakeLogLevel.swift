import API
import EventLoop
import Telemetry

/// A log's level that nothing is written at.
final class FakeLogLevel: LogLevelControl {
    let process = "host:1:2"
    let configured = LogLevel.info
    private let present = Lock(LogLevel.info)

    var level: LogLevel {
        get { present.withLock { $0 } }
        set { present.withLock { $0 = newValue } }
    }
}
