public import Telemetry

/// Names one call of a model: a UUID of version 7, so that calls sort by their beginning.
public struct CallID: Hashable, Sendable, CustomStringConvertible {
    private let value: JobID

    /// A new one for a call that begins at `time`.
    public init(at time: WallTime) {
        var generator = SystemRandomNumberGenerator()
        value = JobID(milliseconds: time.microseconds / 1000, using: &generator)
    }

    /// Reads the 36-character form; nil for anything else.
    public init?(_ text: String) {
        guard let value = JobID(text) else { return nil }
        self.value = value
    }

    /// Both halves, most significant first.
    public var halves: (high: UInt64, low: UInt64) { value.halves }

    /// The 36-character lower-case form.
    public var description: String { value.description }
}
