/// How to run the service.
struct ServeOptions: Sendable, Equatable {
    var role = Role.all
    var port: Int?
    var host: String?
    /// The `.env` file to read in place of every other.
    var environmentFile: String?

    /// The parts of the service that one process runs.
    enum Role: String, CaseIterable, Sendable {
        case all, api, worker
    }

    /// The options that stand above the environment, by setting name.
    var settings: [String: String] {
        var settings: [String: String] = [:]
        settings["PORT"] = port.map(String.init)
        settings["HOST"] = host
        return settings
    }
}
