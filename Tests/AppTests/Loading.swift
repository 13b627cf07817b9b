@testable import App

/// Sources with the environment, the `.env` text and the JSON texts given.
func sources(
    environment: [String: String] = [:],
    dotEnv: String? = nil,
    files: [ConfigurationFile: String] = [:],
    options: [String: String] = [:]
) -> ConfigurationSources {
    var sources = ConfigurationSources(options: options, environment: environment)
    sources.environmentFile = dotEnv.map { .init(name: ".env", text: $0) }
    for (file, text) in files { sources.files[file] = .init(name: file.rawValue, text: text) }
    return sources
}

func load(_ environment: [String: String]) -> LoadedConfiguration {
    ConfigurationLoader.load(sources(environment: environment))
}

extension LoadedConfiguration {
    func value(of name: String) -> EffectiveSetting.Value? {
        effective.first { $0.setting.name == name }?.value
    }

    func origin(of name: String) -> Origin? {
        effective.first { $0.setting.name == name }?.origin
    }

    /// The faults' texts.
    var faultTexts: [String] { faults.map(\.description) }
    var warningTexts: [String] { warnings.map(\.description) }
}
