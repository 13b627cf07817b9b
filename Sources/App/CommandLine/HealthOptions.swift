/// How to ask the service on this machine.
struct HealthOptions: Sendable, Equatable {
    var port: Int?
    var environmentFile: String?

    /// The options that stand above the environment, by setting name.
    var settings: [String: String] {
        var settings: [String: String] = [:]
        settings["PORT"] = port.map(String.init)
        return settings
    }
}
