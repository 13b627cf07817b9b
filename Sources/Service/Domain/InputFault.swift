/// One thing that is wrong with what a client sent.
public struct InputFault: Error, Sendable, Equatable {
    /// What kind of fault; the raw value is its name on the wire.
    public enum Kind: String, Sendable {
        /// A required field is not there.
        case missing
        /// The value has another type than it must.
        case wrongType = "type_error"
        /// A text is empty.
        case tooShort = "string_too_short"
        /// A text is too long.
        case tooLong = "string_too_long"
        /// A number is outside its bounds.
        case outOfRange = "out_of_range"
        /// A text holds the NUL character, which cannot be stored.
        case nulCharacter = "nul_character"
        /// A text is none of those that may stand here.
        case malformed = "value_error"
        /// There is more data than one request may carry.
        case tooLarge = "too_large"
    }

    /// Where: field names and, inside a table, indices.
    public let location: [String]
    /// What kind of fault.
    public let kind: Kind
    /// What would have been right, in English, for people who write clients.
    public let message: String

    /// Describes a fault.
    public init(_ location: [String], _ kind: Kind, _ message: String) {
        self.location = location
        self.kind = kind
        self.message = message
    }
}
