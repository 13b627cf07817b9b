import Domain

/// `gigaoffice jobs cancel`.
struct JobsCancelCommand {
    private let options: JobsOptions

    init(_ options: JobsOptions) {
        self.options = options
    }

    func run() -> ExitCode {
        let ids = options.ids
        return StoreProgram(environmentFile: options.environmentFile).run { store throws(StoreError) in
            var code = ExitCode.success
            for id in ids {
                let standing = try await store.cancel(id)
                switch standing?.status.state {
                case .cancelled: Terminal.say("\(id) cancelled")
                case nil: code = Terminal.say("\(id) unknown", and: .negative)
                case let state?: code = Terminal.say("\(id) has ended already: \(state.rawValue)", and: .negative)
                }
            }
            return code
        }
    }
}
