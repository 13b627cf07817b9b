import EventLoop

/// Looks at a deployment from where the service would run, changes nothing, and calls nothing that costs money.
struct Doctor: Sendable {
    private let loaded: LoadedConfiguration

    init(_ loaded: LoadedConfiguration) {
        self.loaded = loaded
    }

    /// What can be seen without connecting to anything. Blocks on files.
    func lookAround() -> [DoctorFinding] {
        let settings = settingFindings()
        guard case .success(let configuration) = loaded.outcome else { return settings }
        return settings + FileChecks(configuration).findings
    }

    /// What the rest of the world says; nothing when the settings are wrong. Takes at most some seconds for each thing
    /// that does not answer.
    func ask(_ context: LoopProgram.Context) async -> [DoctorFinding] {
        guard case .success(let configuration) = loaded.outcome else { return [] }
        let database = await DatabaseChecks(configuration).findings(context)
        let broker = await BrokerChecks(configuration).findings(context)
        return database + broker + (await ProviderChecks(configuration).findings(on: context.mainLoop))
    }

    private func settingFindings() -> [DoctorFinding] {
        let faults = loaded.faults.map { fault in
            DoctorFinding.fail(
                "settings", Wording(same: "\(fault)"),
                Wording(
                    "исправьте \(fault.name); всё остальное проверяется, когда настройки верны",
                    "mend \(fault.name); everything else is looked at when the settings are right"))
        }
        let warnings = loaded.warnings.map { warning in
            DoctorFinding.warn(
                "settings", Wording(same: "\(warning)"),
                Wording(
                    "`gigaoffice config` показывает, откуда взято каждое значение",
                    "`gigaoffice config` shows where each value comes from"))
        }
        guard faults.isEmpty else { return faults + warnings }
        let count = loaded.effective.count
        return [.ok("settings", Wording("ошибок нет, настроек: \(count)", "\(count) settings, none of them wrong"))]
            + warnings
    }
}
