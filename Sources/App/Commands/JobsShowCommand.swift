import Domain

/// `gigaoffice jobs show`.
struct JobsShowCommand {
    private let options: JobsOptions

    init(_ options: JobsOptions) {
        self.options = options
    }

    func run() -> ExitCode {
        let options = options
        return StoreProgram(environmentFile: options.environmentFile).run { store throws(StoreError) in
            for id in options.ids {
                guard let record = try await store.record(of: id) else {
                    Terminal.complain("gigaoffice: there is no job \(id)")
                    return .negative
                }
                Terminal.say(options.asJSON ? JobRecordText.lines([record]) : JobRecordText.page(record))
            }
            return .success
        }
    }
}
