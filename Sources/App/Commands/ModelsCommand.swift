import API
import Domain
import JSON
import Providers
import Telemetry

/// `gigaoffice models`.
struct ModelsCommand {
    /// What GigaChat was asked besides.
    struct Account: Sendable {
        var balance: Result<[GigaChatAccount.Balance], ModelFailure>?
        var count: Result<GigaChatAccount.Count, ModelFailure>?
    }

    private let options: ModelsOptions
    /// For each question about the account.
    private static let patience = Duration.seconds(15)

    init(_ options: ModelsOptions) {
        self.options = options
    }

    func run() -> ExitCode {
        let loaded = ConfigurationLoader.load(.read(environmentFile: options.environmentFile))
        guard case .success(let configuration) = loaded.outcome else { return refuse(loaded) }
        return LoopProgram(loopCount: 1).run { context in
            do {
                let logger = Logger(try LogSink(minimumLevel: .error, format: .text))
                let side = try await ModelSide.open(
                    configuration, on: context.group, blocking: context.blocking, logger: logger,
                    metrics: ServiceMetrics(isEnabled: false, loops: 1, categories: [], role: "models"))
                let code = await tell(of: side, configuration)
                await side.close()
                return code
            } catch let error as StartError {
                Terminal.complain("gigaoffice: \(error)")
                return error.exitCode
            } catch {
                Terminal.complain("gigaoffice: \(error)")
                return .software
            }
        }
    }

    private func tell(of side: ModelSide, _ configuration: Configuration) async -> ExitCode {
        let report = await side.modelReport()
        let account = await account(side.gigachat, configuration.gigachat)
        let text = options.asJSON ? ModelReportText.line(report, account) : ModelReportText.page(report, account)
        let isComplete = report.listing.failures.isEmpty && account.isComplete
        return Terminal.say(text, and: isComplete ? .success : .unavailable)
    }

    private func account(_ gigachat: GigaChatAccount?, _ settings: Configuration.GigaChat) async -> Account {
        var account = Account()
        let asks = options.tellsBalance || options.countedText != nil
        guard let gigachat else {
            let missing = ModelFailure(.notFound, "GigaChat is not configured: GIGACHAT_RUN_MODE is dryrun")
            if options.tellsBalance { account.balance = .failure(missing) }
            if options.countedText != nil { account.count = .failure(missing) }
            return account
        }
        guard asks else { return account }
        if options.tellsBalance {
            do throws(ModelFailure) {
                account.balance = .success(try await gigachat.balance(budget: Self.patience))
            } catch {
                account.balance = .failure(error)
            }
        }
        if let text = options.countedText {
            let model = settings.generateModel ?? settings.model
            do throws(ModelFailure) {
                account.count = .success(try await gigachat.count([text], model: model, budget: Self.patience)[0])
            } catch {
                account.count = .failure(error)
            }
        }
        return account
    }
}

extension ModelsCommand.Account {
    /// An account that pays as it goes has no packages: that is no failure.
    fileprivate var isComplete: Bool {
        if case .failure(let failure)? = balance, failure.failureClass != .forbidden { return false }
        if case .failure? = count { return false }
        return true
    }
}
