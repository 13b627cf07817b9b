/// How to print the configuration.
struct ConfigOptions: Sendable, Equatable {
    var asJSON = false
    var environmentFile: String?
}
