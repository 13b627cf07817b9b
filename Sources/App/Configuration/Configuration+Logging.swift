extension Configuration {
    /// The log's level, form and place.
    struct Logging: Sendable, Equatable {
        /// Quieter events are not written.
        var level = Level.info
        /// How an event is written.
        var format = Format.auto
        /// The log file; nil writes to standard error.
        var file: String?
        /// How many days' files are kept; 0 keeps all.
        var days = 30

        /// How much an event matters, least first.
        enum Level: String, CaseIterable, Sendable {
            case debug, info, notice, warning, error
        }

        /// How an event is written; `auto` is text on a terminal and JSON elsewhere.
        enum Format: String, CaseIterable, Sendable {
            case auto, json, text
        }
    }
}
