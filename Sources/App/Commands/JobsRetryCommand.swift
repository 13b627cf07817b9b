import Domain

/// `gigaoffice jobs retry`.
struct JobsRetryCommand {
    private let options: JobsOptions

    init(_ options: JobsOptions) {
        self.options = options
    }

    func run() -> ExitCode {
        let ids = options.ids
        return StoreProgram(environmentFile: options.environmentFile).run { store throws(StoreError) in
            var code = ExitCode.success
            for id in ids {
                switch try await store.requeue(id) {
                case .queued: Terminal.say("\(id) queued")
                case .unknown: code = Terminal.say("\(id) unknown", and: .negative)
                case .refused(let state):
                    code = Terminal.say("\(id) is neither failed nor cancelled: \(state.rawValue)", and: .negative)
                }
            }
            return code
        }
    }
}
