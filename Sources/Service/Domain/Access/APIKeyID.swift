public import Telemetry

/// Names an API key: a UUID of version 7, as jobs have. It is no secret.
public struct APIKeyID: Hashable, Sendable, CustomStringConvertible {
    private let uuid: JobID

    /// A new id for a key that is made at `time`.
    public init(at time: WallTime, using generator: inout some RandomNumberGenerator) {
        uuid = JobID(milliseconds: time.microseconds / 1_000, using: &generator)
    }

    /// Reads the 36-character form, in either case. Nil for anything else.
    public init?(_ text: String) {
        guard let uuid = JobID(text) else { return nil }
        self.uuid = uuid
    }

    /// The 36-character lower-case form.
    public var description: String { uuid.description }
}
