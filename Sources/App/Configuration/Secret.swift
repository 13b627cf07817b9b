/// A value that no output may show: every way Swift has of printing it gives the same mask, whatever its length.
struct Secret: Sendable, Equatable {
    static let mask = "****"

    private let value: String

    init(_ value: String) {
        self.value = value
    }

    /// The value itself, for the call that needs it and nothing else.
    func reveal() -> String { value }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    var description: String { Self.mask }
    var debugDescription: String { Self.mask }
    /// Without it `dump` would print the stored property.
    var customMirror: Mirror { Mirror(self, children: []) }
}
