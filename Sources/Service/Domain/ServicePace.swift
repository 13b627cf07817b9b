/// How fast jobs come and are done, as it was seen lately.
public struct ServicePace: Sendable {
    /// A job that has ended.
    public struct Ending: Sendable {
        /// Seconds since it ended.
        public let age: Double
        /// Seconds from its start to its end.
        public let duration: Double

        /// Gathers an end.
        public init(age: Double, duration: Double) {
            self.age = age
            self.duration = duration
        }
    }

    /// Jobs that keep coming.
    public struct Arrivals: Sendable {
        /// Whose jobs.
        public let client: String
        /// How urgent they are.
        public let priority: JobPriority
        /// New ones a second.
        public let rate: Double

        /// Gathers arrivals.
        public init(client: String, priority: JobPriority, rate: Double) {
            self.client = client
            self.priority = priority
            self.rate = rate
        }
    }

    /// The latest ends, youngest first.
    public var endings: [Ending]
    /// How many jobs all live workers together run at a time.
    public var slots: Int
    /// What comes, each pair of client and priority once.
    public var arrivals: [Arrivals]

    /// Fewer ends than this are too few to tell a rate from.
    private static let fewestEndings = 20
    /// Ends that are older, in seconds, say nothing about the present rate.
    private static let memory = 60.0

    /// Gathers what was seen.
    public init(endings: [Ending] = [], slots: Int = 0, arrivals: [Arrivals] = []) {
        self.endings = endings
        self.slots = slots
        self.arrivals = arrivals
    }

    /// Seconds that a job takes once it has started; nil when none has ended yet.
    public var meanDuration: Double? {
        guard !endings.isEmpty else { return nil }
        return endings.reduce(0) { $0 + $1.duration } / Double(endings.count)
    }

    /// Jobs done a second when all slots are busy, as they have been for `busySeconds`: measured in that time, or what
    /// the slots should be able to do when it was too short. Nil when nobody works or nothing is known.
    public func rate(busySeconds: Double) -> Double? {
        guard slots > 0, let meanDuration else { return nil }
        let window = min(busySeconds, Self.memory, endings.last?.age ?? 0)
        let count = endings.count { $0.age <= window }
        if count >= Self.fewestEndings, window > 0 { return Double(count) / window }
        return meanDuration > 0 ? Double(slots) / meanDuration : nil
    }
}
