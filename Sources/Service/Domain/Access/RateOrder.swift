/// What a process wants of one client's limit, or gives back of it.
public struct RateOrder: Sendable, Equatable {
    /// Whose limit for what, the same in all processes; at most 200 bytes.
    public var name: String
    /// Requests in a window.
    public var limit: Int
    /// Requests that wait to be let in; 0 to give back only.
    public var wanted: Int
    /// Of what was granted before, so many were not used.
    public var returned: Int
    /// The window that these were granted in.
    public var window: Int64

    /// Gathers an order.
    public init(_ name: String, limit: Int, wanted: Int, returned: Int = 0, window: Int64 = 0) {
        self.name = name
        self.limit = limit
        self.wanted = wanted
        self.returned = returned
        self.window = window
    }
}
