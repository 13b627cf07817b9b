import Domain
import EventLoop
import Providers
import Telemetry

extension ModelRouter {
    /// Everything is answered by the dry run. Each call of a job is one try, so that the script's steps are the tries
    /// of the job.
    static func dryrun(_ settings: Configuration.GigaChat, _ logger: Logger) -> ModelRouter {
        let provider = DryrunProvider(delay: settings.dryrunDelay, script: settings.dryrunScript)
        let choice = ModelChoice(provider: provider.name, model: "dryrun")
        let stages = ModelTarget.Stage.allCases.map { ($0, [choice]) }
        return ModelRouter(
            [RoutedProvider(provider, gate: OpenGate())],
            table: RouteTable(defaults: Dictionary(uniqueKeysWithValues: stages)),
            policy: { _ in CallPolicy(triesPerModel: 1, longestPause: .zero) }
        ) { record in
            logger.debug(
                "model call", ["request": .text(record.requestID), "seconds": .number(record.duration.inSeconds)])
        }
    }
}
