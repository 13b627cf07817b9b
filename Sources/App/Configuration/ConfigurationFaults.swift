/// All faults of a configuration at once, one a line.
struct ConfigurationFaults: Error, Sendable, Equatable, CustomStringConvertible {
    let list: [ConfigurationFault]

    var description: String {
        list.map(\.description).joined(separator: "\n")
    }
}
