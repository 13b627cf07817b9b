import Domain

/// `gigaoffice jobs list`.
struct JobsListCommand {
    private let options: JobsListOptions

    init(_ options: JobsListOptions) {
        self.options = options
    }

    func run() -> ExitCode {
        let options = options
        return StoreProgram(environmentFile: options.environmentFile).run { store throws(StoreError) in
            let filter = JobFilter(state: options.state, client: options.client, limit: options.limit)
            let records = try await store.list(filter)
            let text = options.asJSON ? JobRecordText.lines(records) : JobRecordText.table(records)
            return text.isEmpty ? .success : Terminal.say(text, and: .success)
        }
    }
}
