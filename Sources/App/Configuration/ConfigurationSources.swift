/// Everything a configuration is made of, as values: whoever reads the files fills it, and loading needs nothing else.
struct ConfigurationSources: Sendable {
    /// Settings given as options of the command, by setting name.
    var options: [String: String] = [:]
    var environment: [String: String] = [:]
    /// The `.env` file, where there is one.
    var environmentFile: TextFile?
    /// The JSON files that are there.
    var files: [ConfigurationFile: TextFile] = [:]
    /// Folders that no place above names and a search has found, by setting name.
    var found: [String: String] = [:]
    /// What went wrong while reading.
    var faults: [ConfigurationFault] = []

    /// A file's text and the name to use in messages.
    struct TextFile: Sendable, Equatable {
        let name: String
        let text: String
    }
}
