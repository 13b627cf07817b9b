extension Configuration {
    /// The HTTP listener and its limits.
    struct Server: Sendable, Equatable {
        /// The address to listen on.
        var host = "0.0.0.0"
        /// The TCP port; 0 takes any free one.
        var port = 8000
        /// Event loops, one thread each; 0 stands for one per core (`loopCount`).
        var loops = 0
        /// The longest request body, in bytes.
        var maxBodyBytes = 4 << 20
        /// From a connection's first byte to the end of the head.
        var headerTimeout = Duration.milliseconds(10_000)
        /// How long a kept-alive connection may stay silent.
        var idleTimeout = Duration.milliseconds(60_000)
        /// How long one write may make no progress.
        var writeTimeout = Duration.milliseconds(30_000)
        /// Open connections over all loops.
        var maxConnections = 20_000
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
