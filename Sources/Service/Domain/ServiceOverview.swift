/// What operators want to see at a glance: what waits, what runs, and what has ended of late.
public struct ServiceOverview: Sendable, Equatable {
    /// How many jobs wait, of one client and category.
    public struct Waiting: Sendable, Equatable {
        /// Who submitted them.
        public var client: String
        /// Nil where it is not known yet.
        public var category: String?
        /// How many.
        public var jobs: Int

        /// Gathers a count.
        public init(client: String, category: String?, jobs: Int) {
            self.client = client
            self.category = category
            self.jobs = jobs
        }
    }

    /// A worker process.
    public struct Worker: Sendable, Equatable {
        /// Its name.
        public var owner: String
        /// Jobs that it can run at a time; 0 when it was not heard of for ten seconds.
        public var slots: Int
        /// Jobs that it holds.
        public var jobs: Int

        /// Gathers a worker's state.
        public init(owner: String, slots: Int, jobs: Int) {
            self.owner = owner
            self.slots = slots
            self.jobs = jobs
        }
    }

    /// What processes share of a model's account.
    public struct Capacity: Sendable, Equatable {
        /// Its name.
        public var resource: String
        /// Slots that are lent out.
        public var slots: Int
        /// Slots that could be used.
        public var demand: Int

        /// Gathers a resource's state.
        public init(resource: String, slots: Int, demand: Int) {
            self.resource = resource
            self.slots = slots
            self.demand = demand
        }
    }

    /// The jobs that ended within one step of time.
    public struct Step: Sendable, Equatable {
        /// How many steps ago, from 0.
        public var age: Int
        /// How many ended with a result.
        public var completed: Int
        /// How many failed.
        public var failed: Int
        /// How many were cancelled.
        public var cancelled: Int
        /// Seconds from start to end: half of the completed ones took no longer.
        public var medianSeconds: Double?
        /// Nineteen of twenty took no longer.
        public var p95Seconds: Double?
        /// Mean seconds from submission to start.
        public var waitSeconds: Double?

        /// Gathers a step.
        public init(
            age: Int, completed: Int, failed: Int, cancelled: Int, medianSeconds: Double?, p95Seconds: Double?,
            waitSeconds: Double?
        ) {
            self.age = age
            self.completed = completed
            self.failed = failed
            self.cancelled = cancelled
            self.medianSeconds = medianSeconds
            self.p95Seconds = p95Seconds
            self.waitSeconds = waitSeconds
        }
    }

    /// How many jobs failed for one kind of reason.
    public struct Failures: Sendable, Equatable {
        /// The kind.
        public var failureClass: FailureClass
        /// How many.
        public var jobs: Int

        /// Gathers a count.
        public init(failureClass: FailureClass, jobs: Int) {
            self.failureClass = failureClass
            self.jobs = jobs
        }
    }

    /// What is waiting, the most first; of `examined` jobs at most.
    public var waiting: [Waiting] = []
    /// The job that waits longest, among those that were counted.
    public var oldest: JobStatus?
    /// The workers, by name.
    public var workers: [Worker] = []
    /// The shared resources, by name.
    public var capacities: [Capacity] = []
    /// The latest ends by steps of time, the youngest first; steps in which nothing ended are missing.
    public var steps: [Step] = []
    /// Why jobs failed within those steps, the most frequent first.
    public var failures: [Failures] = []

    /// Nothing at all.
    public init() {}
}
