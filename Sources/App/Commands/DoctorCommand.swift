/// `gigaoffice doctor`.
struct DoctorCommand {
    private let options: DoctorOptions

    init(_ options: DoctorOptions) {
        self.options = options
    }

    func run() -> ExitCode {
        let language = options.language ?? Wording.Language(environment: ProcessFacts.environment)
        let doctor = Doctor(ConfigurationLoader.load(.read(environmentFile: options.environmentFile)))
        let asJSON = options.asJSON
        let seen = doctor.lookAround()
        return LoopProgram(loopCount: 1).run { context in
            let report = DoctorReport(findings: seen + (await doctor.ask(context)))
            return Terminal.say(asJSON ? report.json(in: language) : report.text(in: language), and: report.exitCode)
        }
    }
}
