/// What to tell of the models.
struct ModelsOptions: Sendable, Equatable {
    /// Whether GigaChat is asked what is left of its packages.
    var tellsBalance = false
    /// A text whose tokens GigaChat counts.
    var countedText: String?
    var asJSON = false
    var environmentFile: String?
}
