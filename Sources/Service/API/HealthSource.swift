/// Knows how everything is. Answers at once: it looks after the dependencies by itself, apart from requests.
public protocol HealthSource: Sendable {
    /// The last known state.
    func report() -> HealthReport

    /// Whether new requests are still taken.
    var isAccepting: Bool { get }
}
