/// `gigaoffice prompts check`.
struct PromptsCheckCommand {
    private let options: PromptsOptions

    init(_ options: PromptsOptions) {
        self.options = options
    }

    func run() -> ExitCode {
        let loaded = ConfigurationLoader.load(.read(environmentFile: options.environmentFile))
        guard case .success(let configuration) = loaded.outcome else { return refuse(loaded) }
        let faults = PromptFaults(PromptResources(folder: configuration.paths.resources)).found
        for fault in faults { Terminal.complain("gigaoffice: \(fault)") }
        return faults.isEmpty ? Terminal.say("the prompts are sound", and: .success) : .configuration
    }
}
