/// Which dead letters a command is about.
struct DeadLetterOptions: Sendable, Equatable {
    var positions: [DeadLetterPosition] = []
    /// All of them, where that makes sense.
    var isAboutAll = false
    var limit = 100
    var asJSON = false
    var environmentFile: String?
}
