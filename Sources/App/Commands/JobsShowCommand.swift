import Domain

/// `gigaoffice jobs show`.
struct JobsShowCommand {
    private let options: JobsOptions
    /// More than a job comes to with all its tries.
    private static let maximumCalls = 1_000

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
                let calls = try await store.calls(of: id, limit: Self.maximumCalls)
                Terminal.say(
                    options.asJSON ? JobRecordText.line(record, calls) : JobRecordText.page(record, calls))
            }
            return .success
        }
    }
}
