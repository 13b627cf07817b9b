/// How urgent a job is: 0 (default) to 10; higher goes first.
public struct JobPriority: Hashable, Sendable {
    /// 0…10.
    public let value: Int

    /// The priority of a job that says nothing.
    public static let normal = JobPriority(unchecked: 0)

    private init(unchecked value: Int) {
        self.value = value
    }

    /// Nil outside 0…10.
    public init?(_ value: Int) {
        guard (0...10).contains(value) else { return nil }
        self.value = value
    }
}
