extension Configuration {
    /// The HTTP listener and its limits.
    struct Server: Sendable, Equatable {
        /// The address to listen on.
        var host = "0.0.0.0"
        /// The TCP port; 0 takes any free one.
        var port = 8000
        /// Event loops, one thread each; 0 stands for one per core (`loopCount`).
        var loops = 0
        /// The longest request line, in bytes.
        var maxRequestLineBytes = 8_192
        /// The largest header section, in bytes.
        var maxHeaderBytes = 32_768
        /// The most header fields.
        var maxHeaderFields = 100
        /// The longest request body, in bytes.
        var maxBodyBytes = 4 << 20
        /// From a request's first byte to the end of the head.
        var headerTimeout = Duration.milliseconds(10_000)
        /// The longest pause within a body.
        var bodyTimeout = Duration.milliseconds(10_000)
        /// How long one write may make no progress.
        var writeTimeout = Duration.milliseconds(30_000)
        /// The least average rate of a slow transfer, in bytes a second; 0 for none.
        var minimumRate = 1_024
        /// How long a kept-alive connection may stay silent.
        var idleTimeout = Duration.milliseconds(60_000)
        /// Open connections over all loops.
        var maxConnections = 20_000
        /// Open connections of one client; 0 for no limit.
        var maxConnectionsPerClient = 1_024
        /// Requests on one connection.
        var maxRequestsPerConnection = 100_000
        /// Requests that are answered or wait at a time.
        var maxRequestsInFlight = 10_000
        /// Bytes of request bodies on their way.
        var requestMemory = 16 << 20
        /// Bytes of responses that clients are slow to take.
        var responseMemory = 256 << 20
        /// How long a stopping process still accepts.
        var drainDelay = Duration.zero
        /// What a stopping process gives its open requests and running jobs.
        var drainTimeout = Duration.milliseconds(30_000)
        /// Origins that browsers may call from; `*` stands for any part.
        var allowedOrigins = ["*"]

        static let maxLoops = 64

        /// The number of loops on a machine with `cores` cores, always from 1 to `maxLoops`.
        func loopCount(cores: Int) -> Int {
            min(max(loops == 0 ? cores : loops, 1), Self.maxLoops)
        }

        /// Whether only this machine can reach the listener.
        var isLoopback: Bool {
            host == "localhost" || host == "::1" || host.hasPrefix("127.")
        }
    }
}
