extension Configuration {
    /// The language model.
    struct GigaChat: Sendable, Equatable {
        var runMode = RunMode.dryrun
        /// How long the dry run takes for one answer.
        var dryrunDelay = Duration.milliseconds(200)

        /// Where answers come from.
        enum RunMode: String, CaseIterable, Sendable {
            case dryrun, cloud, mtls
        }
    }
}
