extension Configuration {
    /// Folders and files read at start.
    struct Paths: Sendable, Equatable {
        /// Prompts, pages and configuration files.
        var resources = "resources"
        /// Numbered SQL files.
        var migrations = "migrations"
        /// The bundles of Swagger UI and Redoc; nil where they are not installed.
        var apiDocuments: String?
        /// The `.env` file named in the environment; nil stands for `.env` in the working folder.
        var environmentFile: String?
    }
}
