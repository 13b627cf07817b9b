/// What waits and runs at one moment, over all processes.
public struct JobBacklog: Sendable, Equatable {
    /// Jobs of one state and category.
    public struct Jobs: Sendable, Equatable {
        /// Where they stand.
        public var state: JobState
        /// Their category; nil for none.
        public var category: String?
        /// How many there are.
        public var count: Int

        /// Gathers a count.
        public init(state: JobState, category: String?, count: Int) {
            self.state = state
            self.category = category
            self.count = count
        }
    }

    /// Waiting and running jobs.
    public var jobs: [Jobs]
    /// For how many seconds the oldest of the waiting jobs that were looked at has waited; 0 when none does.
    public var oldestSeconds: Double
    /// Messages that are to be published.
    public var unpublished: Int
    /// Messages that are published and whose jobs no worker has begun.
    public var published: Int

    /// Gathers a backlog.
    public init(jobs: [Jobs], oldestSeconds: Double, unpublished: Int, published: Int) {
        self.jobs = jobs
        self.oldestSeconds = oldestSeconds
        self.unpublished = unpublished
        self.published = published
    }
}
