import EventLoop
import Glibc

/// The program `gigaoffice`.
@main
enum Main {
    static func main() {
        blockSignals()
        do throws(UsageError) {
            let command = try CommandLineParser.parse(Array(CommandLine.arguments.dropFirst()))
            exit(run(command).rawValue)
        } catch {
            Terminal.complain(error.description)
            exit(ExitCode.usage.rawValue)
        }
    }

    /// Before any thread exists, or a signal would find one that dies of it.
    private static func blockSignals() {
        do throws(SystemError) {
            try SignalWatch.blockSignals()
        } catch {
            Terminal.complain("gigaoffice: \(error)")
            exit(ExitCode.software.rawValue)
        }
    }

    private static func run(_ command: Command) -> ExitCode {
        switch command {
        case .serve(let options): ServeCommand(options).run()
        case .migrate(let options): MigrateCommand(options).run()
        case .config(let options): ConfigCommand(options).run()
        case .version(let asJSON): VersionCommand(asJSON: asJSON).run()
        case .devBroker(let options): DevBrokerCommand(options).run()
        case .fakeGigaChat(let options): FakeGigaChatCommand(options).run()
        case .health(let options): HealthCommand(options).run()
        case .models(let options): ModelsCommand(options).run()
        case .jobsList(let options): JobsListCommand(options).run()
        case .jobsShow(let options): JobsShowCommand(options).run()
        case .jobsCancel(let options): JobsCancelCommand(options).run()
        case .jobsRetry(let options): JobsRetryCommand(options).run()
        case .deadLettersList(let options): DeadLettersListCommand(options).run()
        case .deadLettersShow(let options): DeadLettersShowCommand(options).run()
        case .deadLettersRedrive(let options): DeadLettersRedriveCommand(options).run()
        case .promptsCheck(let options): PromptsCheckCommand(options).run()
        case .promptsExport(let options): PromptsExportCommand(options).run()
        case .promptsImport(let options): PromptsImportCommand(options).run()
        case .keysCreate(let options): KeysCreateCommand(options).run()
        case .keysList(let options): KeysListCommand(options).run()
        case .keysRevoke(let options): KeysRevokeCommand(options).run()
        case .doctor(let options): DoctorCommand(options).run()
        case .help(let text): Terminal.say(text, and: .success)
        }
    }
}
