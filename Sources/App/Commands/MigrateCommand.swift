import EventLoop
import Postgres
import Storage

/// `gigaoffice migrate`.
struct MigrateCommand {
    private let options: MigrateOptions

    init(_ options: MigrateOptions) {
        self.options = options
    }

    func run() -> ExitCode {
        let loaded = ConfigurationLoader.load(.read(environmentFile: options.environmentFile))
        guard case .success(let configuration) = loaded.outcome else { return refuse(loaded) }
        let checksOnly = options.checksOnly
        return LoopProgram(loopCount: 1).run { context in
            do throws(MigrationError) {
                let files = try Migration.load(from: configuration.paths.migrations)
                let migrator = Migrator(PostgresConfiguration(configuration.database), files: files)
                if checksOnly {
                    let pending = try await migrator.pending(on: context.mainLoop, resolver: context.blocking)
                    return report(pending)
                }
                let applied = try await migrator.run(on: context.mainLoop, resolver: context.blocking) { name in
                    Terminal.say("applying \(name)")
                }
                return Terminal.say(applied.isEmpty ? "nothing to apply" : "the database is up to date", and: .success)
            } catch {
                Terminal.complain("gigaoffice: \(error)")
                if case .unavailable = error { return .unavailable }
                return .software
            }
        }
    }
}

private func report(_ pending: [String]) -> ExitCode {
    guard !pending.isEmpty else { return Terminal.say("the database is up to date", and: .success) }
    for name in pending { Terminal.say("pending \(name)") }
    return .negative
}

/// Says everything that is wrong with the settings.
func refuse(_ loaded: LoadedConfiguration) -> ExitCode {
    for fault in loaded.faults { Terminal.complain("gigaoffice: \(fault)") }
    return .configuration
}
