/// A worker's hold on a job.
public struct JobLease: Hashable, Sendable {
    /// Which job.
    public let id: JobID
    /// Which taking of it.
    public let token: FencingToken

    /// Names a hold.
    public init(id: JobID, token: FencingToken) {
        self.id = id
        self.token = token
    }
}
