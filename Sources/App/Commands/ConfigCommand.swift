/// `gigaoffice config`.
struct ConfigCommand {
    private let options: ConfigOptions

    init(_ options: ConfigOptions) {
        self.options = options
    }

    func run() -> ExitCode {
        let loaded = ConfigurationLoader.load(.read(environmentFile: options.environmentFile))
        let text = options.asJSON ? EffectiveSettingsJSON.render(loaded) : EffectiveSettingsText.render(loaded)
        return Terminal.say(text, and: loaded.faults.isEmpty ? .success : .configuration)
    }
}
