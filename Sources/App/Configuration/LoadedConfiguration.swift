/// What loading made of the sources: a configuration, or every reason why there is none.
struct LoadedConfiguration: Sendable {
    /// The outcome; the list of faults is never empty.
    let outcome: Result<Configuration, ConfigurationFaults>
    let warnings: [ConfigurationWarning]
    /// Every setting of the table, in its order, faults or not.
    let effective: [EffectiveSetting]

    /// What stands in the way; empty for a good configuration.
    var faults: [ConfigurationFault] {
        if case .failure(let error) = outcome { error.list } else { [] }
    }
}
