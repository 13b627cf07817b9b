/// Turns texts into a configuration: command line over environment over `.env` over JSON files over defaults.
/// Pure: no file, no environment and no clock is touched.
enum ConfigurationLoader {
    /// Reads every setting of the table, so that all faults come at once.
    static func load(
        _ sources: ConfigurationSources, groups: [SettingGroup] = SettingTable.groups
    ) -> LoadedConfiguration {
        let layers = SettingLayers(sources, groups: groups)
        var configuration = Configuration()
        var faults = sources.faults + layers.faults
        var effective: [EffectiveSetting] = []
        for setting in groups.flatMap(\.settings) {
            let written = layers.text(of: setting.name)
            let result = apply(setting, written, to: &configuration)
            if let fault = result.fault { faults.append(fault) }
            effective.append(result.effective)
        }
        let checks = ConfigurationChecks(configuration, faulty: Set(faults.map(\.name)))
        faults += checks.faults
        return LoadedConfiguration(
            outcome: faults.isEmpty ? .success(configuration) : .failure(ConfigurationFaults(list: faults)),
            warnings: layers.warnings + checks.warnings,
            effective: effective
        )
    }

    private static func apply(
        _ setting: Setting, _ written: SourcedText?, to configuration: inout Configuration
    ) -> (effective: EffectiveSetting, fault: ConfigurationFault?) {
        guard let written else {
            let value = setting.fallback.map(EffectiveSetting.Value.shown) ?? .unset
            return (EffectiveSetting(setting: setting, value: value, origin: .fallback), nil)
        }
        switch setting.apply(written.text, to: &configuration) {
        case .kept(let shown):
            let value = shown.map(EffectiveSetting.Value.shown) ?? .unset
            return (EffectiveSetting(setting: setting, value: value, origin: written.origin), nil)
        case .refused:
            let fault = ConfigurationFault(setting, refused: written)
            return (EffectiveSetting(setting: setting, value: .faulty, origin: written.origin), fault)
        }
    }
}
