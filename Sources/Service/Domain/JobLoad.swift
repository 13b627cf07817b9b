/// How much there is to do.
public struct JobLoad: Sendable, Equatable {
    /// Jobs that wait for a worker, as far as they were counted.
    public var queued: Int
    /// Jobs that a worker holds.
    public var processing: Int

    /// Gathers the counts.
    public init(queued: Int, processing: Int) {
        self.queued = queued
        self.processing = processing
    }
}
