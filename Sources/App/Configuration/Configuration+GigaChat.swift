import Providers

extension Configuration {
    /// The language model.
    struct GigaChat: Sendable, Equatable {
        var runMode = RunMode.dryrun
        /// How long the dry run takes for one answer.
        var dryrunDelay = Duration.milliseconds(200)
        /// What the dry run does on each try of a job, in place of answering.
        var dryrunScript: DryrunScript?
        /// Tries of a job after the first one, when it failed for a passing reason.
        var maxRetries = 3

        /// Where answers come from.
        enum RunMode: String, CaseIterable, Sendable {
            case dryrun, cloud, mtls
        }
    }
}
