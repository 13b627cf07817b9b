public import Domain

/// The state of the service and of what it depends on, at one moment.
public struct HealthReport: Sendable {
    /// One dependency.
    public struct Component: Sendable {
        /// Its name in the report.
        public var name: String
        /// Whether it answered when last asked.
        public var isUp: Bool
        /// How long the answer took, in milliseconds; nil when it has not answered.
        public var latencyMilliseconds: Double?
        /// Something for a person, without secrets.
        public var detail: String?

        /// Gathers a component's state.
        public init(name: String, isUp: Bool, latencyMilliseconds: Double? = nil, detail: String? = nil) {
            self.name = name
            self.isUp = isUp
            self.latencyMilliseconds = latencyMilliseconds
            self.detail = detail
        }
    }

    /// PostgreSQL.
    public var database: Component
    /// The brokers.
    public var kafka: Component
    /// The language model's service.
    public var model: Component
    /// Jobs that wait and run; nil when the database does not answer.
    public var load: JobLoad?
    /// Resident memory of this process, in MiB.
    public var memoryMebibytes: Double
    /// Processor time of this process over the last seconds; 100 is one core.
    public var cpuPercent: Double
    /// Seconds since this process started.
    public var uptimeSeconds: Double

    /// Gathers a report.
    public init(
        database: Component, kafka: Component, model: Component, load: JobLoad?, memoryMebibytes: Double,
        cpuPercent: Double, uptimeSeconds: Double
    ) {
        self.database = database
        self.kafka = kafka
        self.model = model
        self.load = load
        self.memoryMebibytes = memoryMebibytes
        self.cpuPercent = cpuPercent
        self.uptimeSeconds = uptimeSeconds
    }

    /// `down` without the database, since nothing can be accepted then; `degraded` when jobs wait for another
    /// dependency; else `ok`.
    var status: String {
        if !database.isUp { return "down" }
        return kafka.isUp && model.isUp ? "ok" : "degraded"
    }
}
