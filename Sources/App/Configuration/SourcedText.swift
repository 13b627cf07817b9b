/// A setting's text as it was written, and where.
struct SourcedText: Sendable, Equatable {
    let text: String
    let origin: Origin

    /// An empty text says "not set" and hides what stands below it.
    var isUnset: Bool { text.isEmpty }
}
